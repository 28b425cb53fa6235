"""Rows of the snapshot, and how an ARM resource becomes one."""
PROD = "11111111-1111-1111-1111-111111111111"
LAB = "22222222-2222-2222-2222-222222222222"
PLANTS = "33333333-3333-3333-3333-333333333333"
TAGS = {"owner": "ai-platform", "data-class": "internal"}
rows = []


def arm_id(sub, group, type_, name):
    """The id of a resource; `name` may be parent/child."""
    namespace, *types = type_.split("/")
    path = "/".join(f"{t}/{n}" for t, n in zip(types, name.split("/")))
    return f"/subscriptions/{sub}/resourceGroups/{group}/providers/{namespace}/{path}"


def arm(sub, group, type_, name, location="swedencentral", **rest):
    """One ARM resource. Resource Graph writes types in lower case: so do half of the rows."""
    row = {
        "id": arm_id(sub, group, type_, name),
        "name": name.split("/")[-1],
        "type": type_.lower() if len(rows) % 2 else type_,
        "resourceGroup": group,
        "subscriptionId": sub,
    }
    if location:
        row["location"] = location
    row.update(rest)
    rows.append(row)
    return row


def extension(parent_id, type_, name, **rest):
    """A resource below another resource or a subscription: diagnostic settings, role assignments, locks, Defender plans."""
    row = {"id": f"{parent_id}/providers/{type_}/{name}", "name": name, "type": type_.lower() if len(rows) % 2 else type_}
    row.update(rest)
    rows.append(row)
    return row


def record(type_, id_, **rest):
    """A row of another system: Graph, Purview, a pipeline."""
    row = {"type": type_, "id": id_}
    row.update(rest)
    rows.append(row)
    return row
