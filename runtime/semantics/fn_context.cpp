// SPDX-License-Identifier: MIT
// Functions that read what a live request would supply, and those that only the evaluator can answer.
// Source: "Functions".
#include "call.h"

namespace writ::fn {

namespace {

Value supplied(const Call& call, const Value& value) {
  if (value.is(ValueKind::Missing)) return call.fail("context-unavailable", "the context does not supply it");
  return value;
}

/// The evaluator compiles these to reads of the resource or the parameters; there is nothing to call.
Value only_in_rule(const Call& call) {
  return call.fail("context-unavailable", "there is no resource to read");
}

} // namespace

Value Field(const Call& call) { return only_in_rule(call); }

Value Current(const Call& call) { return only_in_rule(call); }

Value Parameters(const Call& call) {
  if (!call[0].is(ValueKind::String)) return call.bad_argument(0, "a string");
  return call.fail("unknown-parameter",
                   std::string("no parameter `").append(call[0].as_string()).append("` is declared"));
}

Value UtcNow(const Call& call) { return supplied(call, call.context.now); }

Value Subscription(const Call& call) { return supplied(call, call.context.subscription); }

Value ResourceGroup(const Call& call) { return supplied(call, call.context.resource_group); }

Value RequestContext(const Call& call) { return supplied(call, call.context.request_context); }

Value Policy(const Call& call) { return supplied(call, call.context.policy); }

} // namespace writ::fn
