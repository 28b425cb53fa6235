// SPDX-License-Identifier: MIT
// Many items in the pieces that they came in: nothing is moved when another piece comes.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace writ {

template <class T> class Pieces {
public:
  void add(std::vector<T>&& piece) {
    if (piece.empty()) return;
    piece.shrink_to_fit(); // it waits for the end of the input
    pieces_.push_back(std::move(piece));
  }
  void push_back(T item) {
    if (pieces_.empty() || pieces_.back().size() == pieces_.back().capacity()) {
      pieces_.emplace_back();
      pieces_.back().reserve(kOwnPiece);
    }
    pieces_.back().push_back(std::move(item));
  }
  /// Every item in order; the memory of a piece is given back when it is done with.
  template <class Sink> void consume(Sink&& sink) {
    for (std::vector<T>& piece : pieces_) {
      for (T& item : piece)
        sink(item);
      piece = std::vector<T>();
    }
    pieces_.clear();
  }

private:
  static constexpr std::size_t kOwnPiece = 64;
  std::vector<std::vector<T>> pieces_;
};

} // namespace writ
