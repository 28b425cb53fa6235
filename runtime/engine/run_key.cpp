// SPDX-License-Identifier: MIT
#include "engine/run_key.h"

#include "writ/bytecode/bundle.h"
#include "writ/semantics/value.h"
#include "writ/version.h"

#include <cstring>
#include <elf.h>
#include <link.h>
#include <string_view>

namespace writ {

namespace {

/// The build id that the linker gave the program: another build may decide differently, or write results
/// differently. Empty when there is none.
std::string build_id() {
  std::string found;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* out) {
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& header = info->dlpi_phdr[i];
          if (header.p_type != PT_NOTE) continue;
          const char* at = reinterpret_cast<const char*>(info->dlpi_addr + header.p_vaddr); // NOLINT
          const char* end = at + header.p_memsz;
          while (static_cast<std::size_t>(end - at) >= sizeof(ElfW(Nhdr))) {
            ElfW(Nhdr) note;
            std::memcpy(&note, at, sizeof note);
            const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
            const char* name = at + sizeof note;
            const char* value = name + padded(note.n_namesz);
            if (value + note.n_descsz > end) break;
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0)
              static_cast<std::string*>(out)->assign(value, note.n_descsz);
            at = value + padded(note.n_descsz);
          }
        }
        return 1; // the first object is the program
      },
      &found);
  return found;
}

void add_controls(cache::DigestStream& stream, const Engine::State& state) {
  stream.add_number(state.bundles.size());
  for (const PreparedBundle& bundle : state.bundles) {
    const bc::Program& program = bundle.program();
    stream.add_text(bc::store_program(program));
    for (std::uint32_t p = 0; p < program.parameters.size(); ++p) {
      const Value& value = bundle.state->image.parameter(p);
      stream.add_text(value.is(ValueKind::Missing) ? std::string() : to_json(value));
    }
    for (const ControlPlan& control : bundle.controls) {
      stream.add_text(control.effect_text);
      stream.add_text(control.problem);
      stream.add_text(control.never);
      stream.add_text(control.related_type);
      stream.add_number(static_cast<std::uint64_t>(control.effect));
    }
    for (const bool active : bundle.active_exemptions)
      stream.add_number(active ? 1 : 0);
  }
  const EngineOptions& options = state.options;
  stream.add_text(options.context_json);
  stream.add_number(options.deliver);
  for (const bool option : {options.assume_complete, options.evidence, options.details_full,
                            options.manual_default, options.all_not_applicable})
    stream.add_number(option ? 1 : 0);
}

} // namespace

cache::Digest run_key(const Engine::State& state) {
  cache::DigestStream stream;
  stream.add_text(kVersion);
  stream.add_text(build_id());
  add_controls(stream, state);
  return stream.digest();
}

cache::Digest merge_key(const Engine::State& state) {
  cache::DigestStream stream;
  stream.add_text(kVersion);
  stream.add_text(state.options.now);
  add_controls(stream, state);
  return stream.digest();
}

} // namespace writ
