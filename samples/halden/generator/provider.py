"""Hand-written rows of what only the resource providers see: deployments together with their content filter and the publisher of their
model (modes of resource providers), models of registries, and the private endpoint connections of closed services."""
from rows import LAB, PROD, arm

HARMS = ("Hate", "Sexual", "Violence", "Selfharm")


def shield(name, source, blocking=True, **rest):
    return {"name": name, "source": source, "enabled": True, "blocking": blocking, **rest}


def harms(source, names=HARMS):
    return [shield(name, source, severityThreshold="Medium") for name in names]


def filters():
    """Everything is on and blocks."""
    return [shield("Jailbreak", "Prompt"), shield("Indirect Attack", "Prompt"), shield("Indirect Attack Spotlighting", "Prompt", False),
            *harms("Prompt"), *harms("Completion"), shield("Protected Material Text", "Completion"), shield("Protected Material Code", "Completion")]


def deployments():
    t = "Microsoft.CognitiveServices.Data/accounts/deployments"

    def add(sub, group, name, publisher, mode, content):
        arm(sub, group, t, name, None, properties={"model": {"publisher": publisher}, "raiPolicy": {"mode": mode, "contentFilters": content}})

    add(PROD, "rg-assistants", "halden-assist/chat", "OpenAI", "Blocking", filters())
    # The filter looks complete in a list of names: one watches only, one harm is missing for answers, code may pass.
    add(PROD, "rg-assistants", "halden-assist-eu/chat", "openai", "default",
        [shield("jailbreak", "Prompt"), shield("Indirect Attack", "Prompt", False), *harms("Prompt"), *harms("Completion", HARMS[:3]), shield("Protected Material Text", "Completion")])
    add(PROD, "rg-assistants", "halden-chat/chat", "OpenAI", "Deferred", [])
    add(LAB, "rg-lab", "lab-foundry/deepseek", "DeepSeek", "Asynchronous_filter", filters())

    t = "Microsoft.MachineLearningServices.v2.Data/workspaces/deployments"
    for sub, group, name, model in (
            (PROD, "rg-forecast", "mlw-forecast/phi", {"registryName": "azureml", "publisher": "Microsoft", "assetId": "azureml://registries/azureml/models/Phi-4/versions/3"}),
            (PROD, "rg-forecast", "mlw-forecast/mirror", {"registryName": "somebody", "publisher": "Microsoft", "assetId": "azureml://registries/somebody/models/Phi-4/versions/1"}),
            (LAB, "rg-lab", "mlw-lab/mistral", {"registryName": "AzureML", "publisher": "Mistral AI", "assetId": "azureml://registries/azureml/models/Mistral-large/versions/1"}),
            (LAB, "rg-lab", "mlw-lab/own", {"assetId": "azureml:own:1"})):
        arm(sub, group, t, name, None, properties={"model": model})


def connections():
    for group, parent, name, status in (
            ("rg-assistants", "Microsoft.CognitiveServices/accounts", "halden-assist/pe-assist", "Approved"),
            ("rg-assistants", "Microsoft.CognitiveServices/accounts", "halden-assist-eu/pe-assist-eu", "Pending"),
            ("rg-forecast", "Microsoft.MachineLearningServices/workspaces", "mlw-forecast/pe-forecast", "approved"),
            ("rg-forecast", "Microsoft.MachineLearningServices/workspaces", "hub-assist/pe-hub", "Rejected"),
            ("rg-assistants", "Microsoft.Search/searchServices", "srch-menus/pe-search", "Approved")):
        arm(PROD, group, parent + "/privateEndpointConnections", name, None, properties={"privateLinkServiceConnectionState": {"status": status}})


def registry_models():
    t = "Microsoft.MachineLearningServices/registries/models/versions"
    approved = {"approvedBy": "model-board", "approvedOn": "2025-10-01", "scanResult": "clean"}
    for name, tags in (("reg-halden/forecast/4", approved), ("reg-halden/menus/1", {"approvedBy": "model-board"}), ("reg-open/demo/1", {})):
        arm(PROD, "rg-forecast", t, name, None, properties={"stage": "Production", "tags": tags})


def write():
    registry_models()
    deployments()
    connections()
