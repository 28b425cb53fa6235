// SPDX-License-Identifier: MIT
#include "snapshot/document.h"

#include "snapshot/scan.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace writ::snapshot {

namespace {

/// A top-level member of a document.
struct TopMember {
  std::string_view key;
  std::string_view value; ///< raw text
  std::size_t begin = 0;
};

class TopMembers {
public:
  TopMembers(std::string_view text, std::size_t at) {
    ContainerScan scan(text, at);
    while (scan.next())
      members_.push_back({scan.key(), scan.value(), scan.begin()});
    // The text ends inside a value: still tell what it was.
    if (scan.unclosed_value()) members_.push_back({scan.key(), scan.value(), scan.begin()});
  }
  [[nodiscard]] const TopMember* find(std::string_view key) const {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](const TopMember& member) {
      return equal_ascii_fold(member.key, key);
    });
    return found == members_.end() ? nullptr : &*found;
  }
  [[nodiscard]] const TopMember* find(std::string_view key, char first) const {
    const TopMember* member = find(key);
    return member != nullptr && !member->value.empty() && member->value[0] == first ? member : nullptr;
  }
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
  [[nodiscard]] std::size_t size() const { return members_.size(); }

private:
  std::vector<TopMember> members_;
};

/// Text between the quotes, or empty.
std::string_view quoted(std::string_view value) {
  return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : std::string_view();
}

std::optional<std::uint64_t> number_of(const TopMember* member) {
  if (member == nullptr) return std::nullopt;
  std::uint64_t number = 0;
  const char* end = member->value.data() + member->value.size();
  const auto parsed = std::from_chars(member->value.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return number;
}

bool says_true(const TopMember* member) {
  return member != nullptr && (member->value == "true" || equal_ascii_fold(quoted(member->value), "true"));
}

PageInfo page_of(const TopMembers& top) {
  PageInfo page;
  page.count = number_of(top.find("count"));
  page.total = number_of(top.find("total_records"));
  if (!page.total) page.total = number_of(top.find("totalRecords"));
  constexpr std::array<std::string_view, 5> kLinks = {"skip_token", "$skipToken", "skipToken", "nextLink",
                                                      "@odata.nextLink"};
  for (const std::string_view link : kLinks) {
    const TopMember* member = top.find(link);
    page.continues = page.continues || (member != nullptr && !quoted(member->value).empty());
  }
  page.truncated = says_true(top.find("resultTruncated")) || says_true(top.find("result_truncated"));
  return page;
}

/// "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals(id,appId)" ->
/// "Microsoft.Graph/servicePrincipals".
std::string graph_type(const TopMember* context) {
  if (context == nullptr) return {};
  const std::string_view text = quoted(context->value);
  const std::size_t hash = text.find('#');
  if (text.find("graph.microsoft") == std::string_view::npos || hash == std::string_view::npos) return {};
  std::string_view entity = text.substr(hash + 1);
  entity = entity.substr(0, entity.find_first_of("(/"));
  return entity.empty() ? std::string() : "Microsoft.Graph/" + std::string(entity);
}

/// Names of the columns of {"columns":[{"name":…}],"rows":[…]}.
std::vector<std::string> column_names(std::string_view columns) {
  std::vector<std::string> names;
  ContainerScan scan(columns, 0);
  while (scan.next()) {
    std::string name = "\"\"";
    if (scan.value()[0] == '{') {
      const TopMembers members(scan.value(), 0); // owns what find() points to
      if (const TopMember* member = members.find("name", '"')) name = member->value;
    } else if (scan.value()[0] == '"') {
      name = scan.value();
    }
    names.push_back(std::move(name));
  }
  return names;
}

void refuse(Document& document, std::string_view what, std::string_view help, std::string reason) {
  document.envelope = Envelope::Refused;
  document.refusal = what;
  document.refusal_help = help;
  document.reason = std::move(reason);
}

bool take_rows(Document& document, const TopMember* rows, Envelope envelope, std::string reason) {
  if (rows == nullptr) return false;
  document.envelope = envelope;
  document.rows = rows->begin;
  document.reason = std::move(reason);
  return true;
}

/// Azure Resource Graph's table form.
bool take_table(Document& document, const TopMember* data) {
  if (data == nullptr) return false;
  const TopMembers table(data->value, 0);
  const TopMember* columns = table.find("columns", '[');
  const TopMember* rows = table.find("rows", '[');
  if (columns == nullptr || rows == nullptr) return false;
  document.envelope = Envelope::GraphTable;
  document.columns = column_names(columns->value);
  document.rows = data->begin + rows->begin;
  document.reason = "`data` holds `columns` and `rows`";
  return true;
}

/// Plans and templates: documents about resources that are not there yet.
bool take_refused(Document& document, const TopMembers& top) {
  const TopMember* properties = top.find("properties", '{');
  if (top.find("changes", '[') != nullptr ||
      (properties != nullptr && TopMembers(properties->value, 0).find("changes", '[') != nullptr)) {
    refuse(document, "what-if output", "export the resources after the deployment", "it holds `changes`");
    return true;
  }
  if (top.has("resource_changes") || top.has("planned_values") ||
      (top.has("terraform_version") && top.has("format_version"))) {
    refuse(document, "a Terraform plan", "export the resources after the deployment",
           "it holds a plan's members");
    return true;
  }
  const TopMember* schema = top.find("$schema", '"');
  if ((schema != nullptr && schema->value.find("eploymentTemplate.json") != std::string_view::npos) ||
      (top.has("contentVersion") && top.has("resources"))) {
    refuse(document, "an ARM template", "deploy it and export the resources",
           "it holds a template's members");
    return true;
  }
  if (top.has("policyRule") ||
      (properties != nullptr && TopMembers(properties->value, 0).has("policyRule"))) {
    refuse(document, "a policy definition", "pass it with -p", "it holds `policyRule`");
    return true;
  }
  return false;
}

Document inspect_object(std::string_view text, std::size_t at) {
  Document document;
  const TopMembers top(text, at);
  document.envelope = Envelope::Resource;
  const bool identified = top.find("id", '"') != nullptr || top.find("type", '"') != nullptr;
  if (identified) {
    document.reason = top.has("id") ? "an object with `id`" : "an object with `type`";
    return document;
  }
  document.page = page_of(top);
  document.row_type = graph_type(top.find("@odata.context", '"'));
  if (take_table(document, top.find("data", '{')) ||
      take_rows(document, top.find("data", '['), Envelope::GraphData, "an object with an array `data`") ||
      take_rows(document, top.find("value", '['), Envelope::ValuePage, "an object with an array `value`"))
    return document;
  document.page = {};
  if (take_refused(document, top)) return document;
  if (const TopMember* error = top.find("error", '{'); error != nullptr && top.size() == 1) {
    document.envelope = Envelope::Error;
    document.reason = "its only member is `error`";
    const TopMembers members(error->value, 0); // owns what find() points to
    if (const TopMember* message = members.find("message", '"')) document.error_text = quoted(message->value);
    return document;
  }
  document.reason = "an object that is no known envelope";
  return document;
}

} // namespace

std::string_view to_text(Envelope envelope) {
  switch (envelope) {
  case Envelope::Resource:
    return "resource";
  case Envelope::Array:
    return "array";
  case Envelope::ValuePage:
    return "value page";
  case Envelope::GraphData:
    return "Resource Graph page";
  case Envelope::GraphTable:
    return "Resource Graph table";
  case Envelope::Refused:
    return "unsupported document";
  case Envelope::Error:
    return "error response";
  case Envelope::Scalar:
    break;
  }
  return "scalar";
}

Document inspect(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '{') return inspect_object(text, at);
  Document document;
  if (at < text.size() && text[at] == '[') {
    document.envelope = Envelope::Array;
    document.rows = at;
    document.reason = "it starts with `[`";
  } else {
    document.reason = "it is neither an object nor an array";
  }
  return document;
}

} // namespace writ::snapshot
