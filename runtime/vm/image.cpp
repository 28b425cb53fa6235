// SPDX-License-Identifier: MIT
#include "vm/image.h"

#include "writ/text.h"

#include <algorithm>
#include <bit>
#include <set>

namespace writ::vm {

using namespace bc;

namespace {

std::size_t hash_folded(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (const char c : text) {
    const char folded = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    hash = (hash ^ static_cast<unsigned char>(folded)) * 0x100000001b3ull;
  }
  return static_cast<std::size_t>(hash ^ (hash >> 29));
}

/// Kinds that the identity of a resource answers.
bool is_identity(FieldKind kind) {
  return kind == FieldKind::Name || kind == FieldKind::FullName || kind == FieldKind::Type ||
         kind == FieldKind::Id || kind == FieldKind::ApiVersion || kind == FieldKind::ParentId ||
         kind == FieldKind::SubscriptionId || kind == FieldKind::ResourceGroupId;
}

/// Fields whose path is followed from a bound element: they need their path even where they have no slot.
std::set<std::uint32_t> bound_fields(const Program& program) {
  std::set<std::uint32_t> fields;
  for (const Instruction& i : program.code)
    switch (i.opcode) {
    case Opcode::LoadBound:
    case Opcode::LoadElementField:
    case Opcode::TestBound:
    case Opcode::CountBound:
      fields.insert(i.d);
      break;
    default:
      break;
    }
  return fields;
}

} // namespace

Image::Image(Program program)
    : program_(std::move(program)), constants_(program_.constants), constant_arrays_(constants_) {
  for (Value& constant : constants_)
    if (constant.is(ValueKind::Null)) constant = Value::missing();
  for (const ParameterInfo& parameter : program_.parameters)
    parameters_.push_back(parameter.value == kNone ? Value::missing() : program_.constants[parameter.value]);
  for (const ParameterInfo& parameter : program_.parameters)
    parameter_errors_.push_back({"unknown-parameter", text(parameter.name)});
  build_accesses();
  build_names();
  find_simple_tests();
  measure_stack();
}

void Image::build_accesses() {
  const std::size_t type_count = program_.types.size();
  std::vector<std::vector<Access>> of_type(type_count);
  everywhere_.resize(program_.fields.size());
  for (std::uint32_t f = 0; f < program_.fields.size(); ++f) {
    everywhere_[f].field = f;
    const Field& field = program_.fields[f];
    if (field.path_count > 0 && program_.paths[field.first_path].type == kNone)
      everywhere_[f].path = field.first_path;
  }
  for (std::size_t t = 0; t < type_count; ++t) {
    const TypeProgram& type = program_.types[t];
    for (const SlotUse& use : std::span(program_.slot_uses).subspan(type.first_use, type.use_count)) {
      const FieldPath& path = program_.paths[use.path];
      const FieldKind kind = program_.fields[use.field].kind;
      Access access{use.field, use.slot, use.path,
                    static_cast<std::uint8_t>(path.step_count - use.step_count), false};
      access.direct = use.slot != kNone && use.step_count == 0 && !use.each && path.version_count == 0 &&
                      path.flags == 0 && path.pattern_phrase == kNone && kind != FieldKind::Location &&
                      !is_identity(kind);
      of_type[t].push_back(access);
    }
  }

  // Room for the types before their names can be searched.
  const std::size_t name_places = std::bit_ceil(2 * type_count);
  type_slots_.assign(name_places, 0);
  for (std::uint32_t t = 1; t < type_count; ++t) {
    std::size_t at = hash_folded(text(program_.types[t].name)) & (name_places - 1);
    while (type_slots_[at] != 0)
      at = (at + 1) & (name_places - 1);
    type_slots_[at] = t;
  }
  for (const std::uint32_t f : bound_fields(program_)) {
    const Field& field = program_.fields[f];
    for (std::uint32_t p = field.first_path; p < field.first_path + field.path_count; ++p) {
      if (program_.paths[p].type == kNone) continue;
      const std::uint32_t t = find_type(text(program_.paths[p].type));
      const TypeProgram& type = program_.types[t];
      const auto uses = std::span(program_.slot_uses).subspan(type.first_use, type.use_count);
      const auto use =
          std::lower_bound(uses.begin(), uses.end(), f,
                           [](const SlotUse& u, std::uint32_t wanted) { return u.field < wanted; });
      if (t != 0 && (use == uses.end() || use->field != f)) of_type[t].push_back({f, kNone, p, 0, false});
    }
  }

  for (const std::vector<Access>& entries : of_type) {
    const auto places = static_cast<std::uint32_t>(std::bit_ceil(2 * entries.size() + 1));
    const AccessTable table{static_cast<std::uint32_t>(accesses_.size()), places - 1};
    access_tables_.push_back(table);
    accesses_.resize(accesses_.size() + places);
    for (const Access& entry : entries) {
      std::uint32_t at = spread(entry.field) & table.mask;
      while (accesses_[table.first + at].field != kNone)
        at = (at + 1) & table.mask;
      accesses_[table.first + at] = entry;
    }
  }
}

void Image::build_names() {
  const bool computed = std::any_of(program_.code.begin(), program_.code.end(), [](const Instruction& i) {
    return i.opcode == Opcode::LoadDynamic || i.opcode == Opcode::TestDynamic;
  });
  if (!computed) return;
  for (std::uint32_t f = 0; f < program_.fields.size(); ++f) {
    const FieldKind kind = program_.fields[f].kind;
    if (kind == FieldKind::Alias || kind == FieldKind::Raw)
      field_names_.try_emplace(lower_ascii(text(program_.fields[f].name)), f);
  }
}

void Image::find_simple_tests() {
  for (const std::uint32_t number : program_.tests) {
    const BlockShape shape = shape_of(program_.blocks[number]);
    simple_tests_.push_back(shape.kind == BlockShape::Kind::FieldTest ? shape.field_test : SimpleTest{});
  }
  for (const Block& block : program_.blocks) {
    block_shapes_.push_back(shape_of(block));
    logic_.push_back(is_logic(block) ? 1 : 0);
  }
  std::vector<std::uint8_t> tests; // a test runs only tests before it
  for (const std::uint32_t number : program_.tests)
    tests.push_back(reads_resource(program_.blocks[number], tests) ? 1 : 0);
  for (const Block& block : program_.blocks)
    reads_resource_.push_back(reads_resource(block, tests) ? 1 : 0);
}

Image::BlockShape Image::shape_of(const Block& block) const {
  const auto code = std::span(program_.code).subspan(block.start, block.length);
  BlockShape shape;
  const bool one_step = code.size() == 2 && code[1].opcode == Opcode::ReturnTruth && code[1].a == code[0].a;
  if (one_step && code[0].opcode == Opcode::TruthConstant && code[0].x == 1) {
    shape.kind = BlockShape::Kind::True;
  } else if (one_step && code[0].opcode == Opcode::RunTest && code[0].d < simple_tests_.size() &&
             simple_tests_[code[0].d].field != kNone) {
    shape = {BlockShape::Kind::SharedTest, code[0].d, simple_tests_[code[0].d]};
  } else if (code.size() == 3 && code[0].opcode == Opcode::LoadConstant &&
             code[1].opcode == Opcode::TestField && code[2].opcode == Opcode::ReturnTruth &&
             code[1].b == code[0].a && code[2].a == code[1].a) {
    shape.kind = BlockShape::Kind::FieldTest;
    shape.field_test = {code[1].d, code[0].d, static_cast<Operator>(code[1].x)};
  }
  return shape;
}

void Image::measure_stack() {
  const auto grow = [](StackSize& size, const StackSize& by) {
    size.values = std::max(size.values, by.values);
    size.truths = std::max(size.truths, by.truths);
    size.binders = std::max(size.binders, by.binders);
  };
  std::vector<StackSize> of_test(program_.tests.size());
  const auto need = [&](const Block& block) {
    StackSize inner;
    for (const Instruction& i : std::span(program_.code).subspan(block.start, block.length))
      if (i.opcode == Opcode::RunTest) grow(inner, of_test[i.d]);
    return StackSize{inner.values + block.values, inner.truths + block.truths, inner.binders + block.binders};
  };
  for (std::size_t t = 0; t < program_.tests.size(); ++t)
    of_test[t] = need(program_.blocks[program_.tests[t]]); // a test runs only tests before it
  for (const Block& block : program_.blocks)
    grow(stack_, need(block));
}

std::uint32_t Image::find_type(std::string_view name) const {
  const std::size_t mask = type_slots_.size() - 1;
  for (std::size_t at = hash_folded(name) & mask; type_slots_[at] != 0; at = (at + 1) & mask)
    if (equal_ascii_fold(text(program_.types[type_slots_[at]].name), name)) return type_slots_[at];
  return 0;
}

std::uint32_t Image::find_field(std::string_view name) const {
  const auto found = field_names_.find(lower_ascii(name));
  return found == field_names_.end() ? kNone : found->second;
}

std::uint32_t Image::find_path(std::uint32_t field, std::string_view type) const {
  const Field& row = program_.fields[field];
  std::uint32_t anywhere = kNone;
  for (std::uint32_t p = row.first_path; p < row.first_path + row.path_count; ++p) {
    if (program_.paths[p].type == kNone)
      anywhere = p;
    else if (equal_ascii_fold(text(program_.paths[p].type), type))
      return p;
  }
  return anywhere;
}

bool Image::is_collection(std::uint32_t field) const {
  const Field& row = program_.fields[field];
  const auto paths = std::span(program_.paths).subspan(row.first_path, row.path_count);
  return std::any_of(paths.begin(), paths.end(), [&](const FieldPath& path) {
    const auto steps = std::span(program_.steps).subspan(path.first_step, path.step_count);
    return std::any_of(steps.begin(), steps.end(), [](const Step& step) { return step.each; });
  });
}

} // namespace writ::vm
