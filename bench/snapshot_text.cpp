// SPDX-License-Identifier: MIT
#include "snapshot_text.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace writ::bench {

namespace {

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// Names that other rows of the sample refer to, and the subscriptions they are in.
constexpr std::array<std::string_view, 7> kOfTenant = {
    "halden", "agent-", "bp-", "instance-", "11111111-1111", "22222222-2222", "33333333-3333"};

/// Every copy of the sample is a tenant of its own: what refers to each other still does, and no id occurs
/// twice.
void move_to_tenant(std::string& line, std::size_t tenant) {
  if (tenant == 0) return;
  std::string number = std::to_string(tenant);
  for (const std::string_view name : kOfTenant) {
    const bool subscription = name.front() >= '1' && name.front() <= '3';
    if (subscription) number.insert(0, 4 - std::min<std::size_t>(4, number.size()), '0');
    const std::string moved = subscription
                                  ? std::string(name.substr(0, 9)) + number.substr(number.size() - 4)
                                  : std::string(name.substr(0, name.size() - 1)) + number + name.back();
    replace_all(line, name, moved);
  }
}

struct Filler {
  std::string_view type;
  unsigned share;        ///< of a hundred
  unsigned least_groups; ///< groups of settings, about 170 bytes each
  unsigned most_groups;
};
constexpr std::array kFillers = {
    Filler{"microsoft.compute/virtualmachines", 22, 4, 14},
    Filler{"microsoft.compute/disks", 20, 1, 4},
    Filler{"microsoft.network/networkinterfaces", 18, 2, 6},
    Filler{"microsoft.web/sites", 10, 12, 30},
    Filler{"microsoft.sql/servers/databases", 10, 2, 5},
    Filler{"microsoft.network/publicipaddresses", 10, 0, 2},
    Filler{"microsoft.insights/metricalerts", 10, 3, 8},
};

} // namespace

Snapshot::Snapshot(const SnapshotOptions& options)
    : random_(options.seed), change_(options.seed + 1), changed_(options.changed) {
  std::ifstream in(options.sample);
  for (std::string line; std::getline(in, line);)
    rows_.push_back(line);
}

void Snapshot::make_filler(std::string& line) {
  auto draw = static_cast<unsigned>(random_() % 100);
  std::size_t kind = 0;
  while (draw >= kFillers[kind].share)
    draw -= kFillers[kind++].share;
  const Filler& filler = kFillers[kind];
  const std::string n = std::to_string(number_);
  const std::string group = std::to_string(random_() % 40);
  line =
      R"({"id":"/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-)" + group +
      "/providers/" + std::string(filler.type) + "/res-" + n + R"(","name":"res-)" + n + R"(","type":")" +
      std::string(filler.type) + R"(","location":"westeurope","resourceGroup":"rg-)" + group +
      R"(","subscriptionId":"33333333-3333-3333-3333-333333333333","tags":{"env":"prod","costCenter":")" +
      std::to_string(random_() % 9999) +
      R"("},"sku":{"name":"Standard","tier":"Standard"},"properties":{"provisioningState":"Succeeded","creationTime":"2026-01-05T10:20:30.1234567Z")";
  const unsigned groups =
      filler.least_groups + static_cast<unsigned>(random_()) % (filler.most_groups - filler.least_groups + 1);
  for (unsigned i = 0; i < groups; ++i) {
    line += ",\"settings" + std::to_string(i) + R"(":{"enabled":true,"count":)" +
            std::to_string(random_() % 100000) +
            R"(,"ratio":0.75,"reference":{"id":"/subscriptions/33333333/resourceGroups/rg/item-)" + n +
            R"("},"addresses":["10.0.)" + std::to_string(random_() % 256) +
            R"(.0/24"],"description":"a setting, \"quoted\" once","other":null})";
  }
  line += "}}";
}

void Snapshot::next(std::string& line) {
  if (number_ % 4 != 0 || rows_.empty()) {
    make_filler(line);
  } else {
    line = rows_[(number_ / 4) % rows_.size()];
    move_to_tenant(line, (number_ / 4) / rows_.size());
  }
  const auto draw = static_cast<unsigned>(change_() % 100);
  if (draw < changed_) {
    const std::size_t open = line.find(R"("publicNetworkAccess":"Enabled")");
    if (open != std::string::npos)
      line.replace(open, 31, R"("publicNetworkAccess":"Disabled")");
    else
      line.insert(1, R"("etag":")" + std::to_string(number_) + R"(",)");
  }
  ++number_;
}

std::string make_snapshot(const SnapshotOptions& options, std::size_t resources) {
  Snapshot snapshot(options);
  std::string text;
  std::string line;
  for (std::size_t i = 0; i < resources; ++i) {
    snapshot.next(line);
    text += line;
    text += '\n';
  }
  return text;
}

} // namespace writ::bench
