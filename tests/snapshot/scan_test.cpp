// SPDX-License-Identifier: MIT
#include "snapshot/document.h"
#include "snapshot/scan.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace writ::snapshot;

namespace {

std::vector<std::string> entries(std::string_view text, bool* damaged = nullptr) {
  std::vector<std::string> found;
  ContainerScan scan(text, 0);
  while (scan.next())
    found.push_back((text[0] == '{' ? std::string(scan.key()) + "=" : std::string()) +
                    std::string(scan.value()));
  if (damaged != nullptr) *damaged = scan.damaged();
  return found;
}

using Entries = std::vector<std::string>;

} // namespace

TEST_CASE("values are skipped by brackets and strings", "[snapshot]") {
  CHECK(skip_value(R"({"a":[1,{"b":"}]"}]} x)", 0) == 20);
  CHECK(skip_value(R"("a\"b" x)", 0) == 6);
  CHECK(skip_value("12.5,", 0) == 4);
  CHECK(skip_value("true]", 0) == 4);
  CHECK(skip_value(R"({"a":1)", 0) == kUnclosed);
  CHECK(skip_value(R"("abc)", 0) == kUnclosed);
  CHECK(skip_value("", 0) == kUnclosed);
  CHECK(skip_value("\"abc\n\"", 0) == 4); // a line end closes a string
}

TEST_CASE("containers are split into entries", "[snapshot]") {
  bool damaged = true;
  CHECK(entries(R"([1, {"a":[2]} ,"x"])", &damaged) == Entries{"1", R"({"a":[2]})", R"("x")"});
  CHECK_FALSE(damaged);
  CHECK(entries(R"({ "a" : 1, "b":[2,3] })", &damaged) == Entries{"a=1", "b=[2,3]"});
  CHECK_FALSE(damaged);
  CHECK(entries("[]", &damaged).empty());
  CHECK_FALSE(damaged);
}

TEST_CASE("damage in a container costs as little as possible", "[snapshot]") {
  bool damaged = false;
  CHECK(entries(R"([1 2])", &damaged) == Entries{"1", "2"});
  CHECK(damaged);
  CHECK(entries(R"([1,])", &damaged) == Entries{"1"});
  CHECK(damaged);
  CHECK(entries(R"([{"a":1},{"b":)", &damaged) == Entries{R"({"a":1})"});
  CHECK(damaged);
  CHECK(entries(R"({"a":1,"b"})", &damaged) == Entries{"a=1"});
  CHECK(damaged);
  CHECK(entries(R"([1})", &damaged) == Entries{"1"});
  CHECK(damaged);
}

TEST_CASE("the last value of a cut container can be told", "[snapshot]") {
  ContainerScan scan(R"({"a":1,"data":[1,2)", 0);
  CHECK(scan.next());
  CHECK_FALSE(scan.next());
  CHECK(scan.unclosed_value());
  CHECK(scan.key() == "data");
  CHECK(scan.value() == "[1,2");
}

TEST_CASE("lines are counted", "[snapshot]") {
  CHECK(count_lines("") == 0);
  CHECK(count_lines("a\nb\n") == 2);
  CHECK(bytes_since_line_start("a\nbc") == 2);
  CHECK(bytes_since_line_start("abc") == 3);
}

TEST_CASE("what a page says about the others", "[snapshot]") {
  const auto page = [](std::string_view text) { return inspect(text, 0).page; };
  CHECK(page(R"({"count":2,"total_records":5,"skip_token":"x","data":[]})") == PageInfo{2, 5, true, false});
  CHECK(page(R"({"count":2,"totalRecords":2,"$skipToken":null,"data":[]})") == PageInfo{2, 2, false, false});
  CHECK(page(R"({"resultTruncated":true,"data":[]})") == PageInfo{{}, {}, false, true});
  CHECK(page(R"({"resultTruncated":"false","data":[]})") == PageInfo{});
  CHECK(page(R"({"value":[],"nextLink":"https://x"})") == PageInfo{{}, {}, true, false});
  CHECK(page(R"({"value":[],"nextLink":""})") == PageInfo{});
  CHECK(page(R"({"value":[],"@odata.nextLink":"https://x"})") == PageInfo{{}, {}, true, false});
}

TEST_CASE("a resource with a member named like an envelope's stays a resource", "[snapshot]") {
  CHECK(inspect(R"({"id":"x","value":[1]})", 0).envelope == Envelope::Resource);
  CHECK(inspect(R"({"type":"T/t","data":[1]})", 0).envelope == Envelope::Resource);
  CHECK(inspect(R"({"value":{"a":1}})", 0).envelope == Envelope::Resource);
  CHECK(inspect(R"({"VALUE":[1]})", 0).envelope == Envelope::ValuePage);
}
