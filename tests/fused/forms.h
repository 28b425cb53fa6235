// SPDX-License-Identifier: MIT
// The same resources in every form that a snapshot may have.
#pragma once

#include "writ/input.h"

#include <string>
#include <thread>
#include <vector>

namespace writ::testing {

enum class Form { Lines, LinesInMemory, Array, ArrayFromPipe, LinesFromPipe, Pages, Documents };
inline constexpr Form kForms[] = {Form::Lines,         Form::LinesInMemory, Form::Array,
                                  Form::ArrayFromPipe, Form::LinesFromPipe, Form::Pages,
                                  Form::Documents};

/// An input with what it reads from: a file that goes with it, or a pipe that a thread writes.
class FormedInput {
public:
  FormedInput(const std::vector<std::string>& rows, Form form);
  ~FormedInput();
  FormedInput(const FormedInput&) = delete;
  FormedInput& operator=(const FormedInput&) = delete;
  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }

private:
  void add_file(const char* ending, const std::string& text);
  void add_pipe(std::string text);
  std::vector<Input> inputs_;
  std::string path_;
  int read_end_ = -1;
  std::thread writer_;
};

/// The lines of a file; none when it is not there.
std::vector<std::string> lines_of(const std::string& path);

/// Copies of the rows with changes that a reader must survive: cut, keys twice and in other case, bytes that
/// are no UTF-8, deep nesting, other kinds of values, members in another order. Some stay whole.
std::vector<std::string> damaged(const std::vector<std::string>& rows, unsigned seed);

} // namespace writ::testing
