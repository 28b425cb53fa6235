// SPDX-License-Identifier: MIT
#include "snapshot_text.h"

#include <fstream>
#include <random>
#include <vector>

namespace writ::bench {

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

/// A row of a type that the library is not about, of the size that Resource Graph rows have.
std::string filler(std::mt19937& random, std::size_t number) {
  static const char* kTypes[] = {"microsoft.compute/virtualmachines",
                                 "microsoft.network/networkinterfaces",
                                 "microsoft.sql/servers/databases",
                                 "microsoft.compute/disks",
                                 "microsoft.web/sites",
                                 "microsoft.network/publicipaddresses"};
  const std::string type = kTypes[random() % 6];
  const std::string n = std::to_string(number);
  return R"({"id":"/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-)" +
         std::to_string(random() % 40) + "/providers/" + type + "/res-" + n + R"(","name":"res-)" + n +
         R"(","type":")" + type +
         R"(","location":"westeurope","resourceGroup":"rg","subscriptionId":"33333333-3333-3333-3333-333333333333","tags":{"env":"prod","costCenter":")" +
         std::to_string(random() % 9999) +
         R"("},"sku":{"name":"Standard","tier":"Standard"},"properties":{"provisioningState":"Succeeded","creationTime":"2026-01-05T10:20:30.1234567Z","networkProfile":{"networkInterfaces":[{"id":"/subscriptions/33333333/nic-)" +
         n +
         R"(","properties":{"primary":true}}]},"storageProfile":{"osDisk":{"osType":"Linux","createOption":"FromImage","managedDisk":{"storageAccountType":"Premium_LRS"}},"dataDisks":[]},"osProfile":{"computerName":"vm)" +
         n +
         R"(","adminUsername":"ops","linuxConfiguration":{"disablePasswordAuthentication":true}},"statuses":["running","healthy"]}})";
}

} // namespace

std::string make_snapshot(const std::string& sample_path, std::size_t resources) {
  std::vector<std::string> rows;
  std::ifstream in(sample_path);
  for (std::string line; std::getline(in, line);)
    rows.push_back(line);
  std::mt19937 random(7);
  std::string text;
  text.reserve(resources * 900);
  for (std::size_t i = 0; i < resources; ++i) {
    if (i % 4 != 0) {
      text += filler(random, i);
    } else {
      const std::string& row = rows[(i / 4) % rows.size()];
      text += replaced(row, "halden", "halden" + std::to_string(i));
    }
    text += '\n';
  }
  return text;
}

} // namespace writ::bench
