// SPDX-License-Identifier: MIT
// The writers of this folder, one file each.
#pragma once

#include "writ/report/finding_writer.h"

namespace writ {
class JsonWriter;
}

namespace writ::report {

std::unique_ptr<FindingWriter> make_text_writer(std::ostream& out);
std::unique_ptr<FindingWriter> make_json_writer(std::ostream& out);
std::unique_ptr<FindingWriter> make_ndjson_writer(std::ostream& out);

/// One verdict as a JSON object, the same in json and ndjson.
void write_finding(JsonWriter& json, const Finding& finding);
/// What the control is part of, as members of the object at hand.
void write_membership(JsonWriter& json, const ControlRef& control);

} // namespace writ::report
