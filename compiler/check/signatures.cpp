// SPDX-License-Identifier: MIT
#include "check/signatures.h"

#include <string_view>

namespace writ::check {

namespace {

/// Parameters: one letter each, the last one repeats.
///   s string   i number    b boolean   a array   o object   * anything
///   l string or array   c string, array or object   p string, number or boolean   k string or number
///   q number or array   x array or object
/// Result: s String, i Int, f Float, b Bool, d DateTime, a [Any], S [String], I [Int], o Object, * Any,
///   1 as the first argument, e an element of it, j a string unless the first argument is an array,
///   m what all arguments have in common.
struct Signature {
  Function function;
  char result;
  std::string_view parameters;
};

constexpr Signature kSignatures[] = {
    {Function::If, '*', "b**"},
    {Function::And, 'b', "b"},
    {Function::Or, 'b', "b"},
    {Function::Coalesce, 'm', "*"},
    {Function::UtcNow, 'd', ""},
    {Function::Subscription, 'o', ""},
    {Function::ResourceGroup, 'o', ""},
    {Function::RequestContext, 'o', ""},
    {Function::Policy, 'o', ""},
    {Function::Concat, 'j', "*"},
    {Function::Format, 's', "s*"},
    {Function::ToLower, 's', "s"},
    {Function::ToUpper, 's', "s"},
    {Function::Trim, 's', "s"},
    {Function::Length, 'i', "c"},
    {Function::Empty, 'b', "c"},
    {Function::Substring, 's', "si"},
    {Function::Take, '1', "li"},
    {Function::Skip, '1', "li"},
    {Function::First, 'e', "l"},
    {Function::Last, 'e', "l"},
    {Function::IndexOf, 'i', "l*"},
    {Function::LastIndexOf, 'i', "l*"},
    {Function::StartsWith, 'b', "s"},
    {Function::EndsWith, 'b', "s"},
    {Function::Contains, 'b', "c*"},
    {Function::Replace, 's', "s"},
    {Function::Split, 'S', "sl"},
    {Function::Join, 's', "as"},
    {Function::PadLeft, 's', "kis"},
    {Function::UniqueString, 's', "s"},
    {Function::Guid, 's', "s"},
    {Function::String, 's', "*"},
    {Function::Base64, 's', "s"},
    {Function::Base64ToString, 's', "s"},
    {Function::Base64ToJson, '*', "s"},
    {Function::Uri, 's', "s"},
    {Function::UriComponent, 's', "s"},
    {Function::UriComponentToString, 's', "s"},
    {Function::DataUri, 's', "*"},
    {Function::DataUriToString, 's', "s"},
    {Function::Array, 'a', "*"},
    {Function::CreateArray, 'a', "*"},
    {Function::CreateObject, 'o', "*"},
    {Function::Union, '1', "x"},
    {Function::Intersection, '1', "x"},
    {Function::Items, 'a', "o"},
    {Function::Min, 'i', "q"},
    {Function::Max, 'i', "q"},
    {Function::Range, 'I', "i"},
    {Function::TryGet, '*', "xk"},
    {Function::Json, '*', "s"},
    {Function::IndexFromEnd, 'e', "ai"},
    {Function::TryIndexFromEnd, 'e', "ai"},
    {Function::Add, 'i', "i"},
    {Function::Sub, 'i', "i"},
    {Function::Mul, 'i', "i"},
    {Function::Div, 'i', "i"},
    {Function::Mod, 'i', "i"},
    {Function::Int, 'i', "p"},
    {Function::Float, 'f', "p"},
    {Function::Bool, 'b', "p"},
    {Function::True, 'b', ""},
    {Function::False, 'b', ""},
    {Function::Null, '*', ""},
    {Function::Not, 'b', "b"},
    {Function::Equals, 'b', "*"},
    {Function::Less, 'b', "k"},
    {Function::LessOrEquals, 'b', "k"},
    {Function::Greater, 'b', "k"},
    {Function::GreaterOrEquals, 'b', "k"},
    {Function::AddDays, 'd', "si"},
    {Function::IpRangeContains, 'b', "s"},
};

const Signature* find_signature(Function function) {
  for (const Signature& row : kSignatures)
    if (row.function == function) return &row;
  return nullptr;
}

char parameter_letter(Function function, std::size_t position) {
  const Signature* row = find_signature(function);
  if (!row || row->parameters.empty()) return '*';
  return row->parameters[std::min(position, row->parameters.size() - 1)];
}

Type common_type(std::span<const Type> arguments) {
  Type common;
  for (const Type& type : arguments) {
    if (type.kind == TypeKind::Any) return {};
    if (common.kind == TypeKind::Any) common = type;
    if (!comparable(common, type)) return {};
  }
  common.allowed.clear();
  return common;
}

} // namespace

bool has_signature(Function function) { return find_signature(function) != nullptr; }

bool accepts_argument(Function function, std::size_t position, const Type& type) {
  const TypeKind kind = type.kind;
  if (kind == TypeKind::Any) return true;
  const bool text = is_text(kind);
  const bool number = kind == TypeKind::Int || kind == TypeKind::Float;
  const bool array = kind == TypeKind::Array;
  const bool object = kind == TypeKind::Object;
  switch (parameter_letter(function, position)) {
  case 's':
    return text;
  case 'i':
    return number;
  case 'b':
    return kind == TypeKind::Bool;
  case 'a':
    return array;
  case 'o':
    return object;
  case 'l':
    return text || array;
  case 'c':
    return text || array || object;
  case 'p':
    return text || number || kind == TypeKind::Bool;
  case 'k':
    return text || number;
  case 'q':
    return number || array;
  case 'x':
    return array || object;
  default:
    return true;
  }
}

std::string argument_kind(Function function, std::size_t position) {
  switch (parameter_letter(function, position)) {
  case 's':
    return "a string";
  case 'i':
    return "a number";
  case 'b':
    return "a boolean";
  case 'a':
    return "an array";
  case 'o':
    return "an object";
  case 'l':
    return "a string or an array";
  case 'c':
    return "a string, an array or an object";
  case 'p':
    return "a string, a number or a boolean";
  case 'k':
    return "a string or a number";
  case 'q':
    return "a number or an array";
  case 'x':
    return "an array or an object";
  default:
    return "any value";
  }
}

Type result_type(Function function, std::span<const Type> arguments) {
  const Signature* row = find_signature(function);
  const Type first = arguments.empty() ? Type{} : arguments.front();
  switch (row ? row->result : '*') {
  case 's':
    return Type::of(TypeKind::String);
  case 'i':
    return Type::of(TypeKind::Int);
  case 'f':
    return Type::of(TypeKind::Float);
  case 'b':
    return Type::of(TypeKind::Bool);
  case 'd':
    return Type::of(TypeKind::DateTime);
  case 'a':
    return Type::array_of(Type{});
  case 'S':
    return Type::array_of(Type::of(TypeKind::String));
  case 'I':
    return Type::array_of(Type::of(TypeKind::Int));
  case 'o':
    return Type::of(TypeKind::Object);
  case '1':
    // Part of a text is no longer one of its known values.
    return is_text(first.kind) ? Type::of(TypeKind::String) : first;
  case 'e':
    if (first.kind == TypeKind::Array) return first.element ? *first.element : Type{};
    return is_text(first.kind) ? Type::of(TypeKind::String) : Type{};
  case 'j':
    if (first.kind == TypeKind::Array) return Type::array_of(Type{});
    return first.kind == TypeKind::Any ? Type{} : Type::of(TypeKind::String);
  case 'm':
    return common_type(arguments);
  default:
    return {};
  }
}

} // namespace writ::check
