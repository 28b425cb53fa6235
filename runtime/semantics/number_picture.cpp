// SPDX-License-Identifier: MIT
// Pictures such as `#,##0.00`: every place of the picture takes digits from the rounded number.
#include "number_format.h"

#include "decimal.h"

#include <algorithm>
#include <vector>

namespace writ::detail {

namespace {

/// One piece of a picture. Commas and percent signs have done their work when the pieces are written.
struct PicturePiece {
  enum class Kind { Zero, Digit, Point, Text } kind;
  std::string_view text; ///< Text only
};

struct Picture {
  std::vector<PicturePiece> pieces;
  int integer_places = 0;
  int min_integer = 0; ///< digits from the first 0 to the point
  int fraction_places = 0;
  int min_fraction = 0; ///< digits from the point to the last 0
  int shift = 0;        ///< decimal places moved by % (+2) and by commas before the point (-3 each)
  bool grouped = false;
};

class PictureParser {
public:
  explicit PictureParser(std::string_view text) : text_(text) {}

  std::optional<Picture> run() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      switch (c) {
      case '0':
      case '#':
        place(c == '0');
        break;
      case '.':
        point();
        break;
      case ',':
        if (!after_point_ && picture_.integer_places > 0) ++commas_;
        break;
      case '%':
        picture_.shift += 2;
        picture_.pieces.push_back({PicturePiece::Kind::Text, text_.substr(i, 1)});
        break;
      case '\'':
      case '"': {
        const std::size_t end = text_.find(c, i + 1);
        if (end == std::string_view::npos) return std::nullopt;
        picture_.pieces.push_back({PicturePiece::Kind::Text, text_.substr(i + 1, end - i - 1)});
        i = end;
        break;
      }
      default:
        return std::nullopt;
      }
    }
    end_integer();
    return picture_;
  }

private:
  void place(bool zero) {
    picture_.pieces.push_back({zero ? PicturePiece::Kind::Zero : PicturePiece::Kind::Digit, {}});
    if (after_point_) {
      ++picture_.fraction_places;
      if (zero) picture_.min_fraction = picture_.fraction_places;
      return;
    }
    // A comma between two places groups; one right before the point divides by a thousand.
    if (commas_ > 0) picture_.grouped = true;
    commas_ = 0;
    ++picture_.integer_places;
    if (zero || picture_.min_integer > 0) ++picture_.min_integer;
  }
  void point() {
    if (after_point_) return; // only the first one counts
    end_integer();
    after_point_ = true;
    picture_.pieces.push_back({PicturePiece::Kind::Point, {}});
  }
  void end_integer() {
    picture_.shift -= 3 * commas_;
    commas_ = 0;
  }
  std::string_view text_;
  Picture picture_;
  bool after_point_ = false;
  int commas_ = 0;
};

std::string write_picture(const Picture& picture, const Decimal& number) {
  std::string integer = number.integer();
  const auto min_integer = static_cast<std::size_t>(picture.min_integer);
  integer.insert(0, integer.size() < min_integer ? min_integer - integer.size() : 0, '0');
  std::string fraction = number.fraction(picture.fraction_places);
  while (fraction.size() > static_cast<std::size_t>(picture.min_fraction) && fraction.back() == '0')
    fraction.pop_back();

  std::string out;
  if (number.negative) out += '-';
  std::size_t written = 0; // integer digits
  std::size_t fraction_written = 0;
  std::size_t places_left = static_cast<std::size_t>(picture.integer_places);
  bool after_point = false;
  // Writes the integer digits that have `remaining` or more places to their right.
  const auto write_integer = [&](std::size_t remaining) {
    while (integer.size() - written > remaining) {
      const std::size_t left = integer.size() - written;
      if (picture.grouped && written > 0 && left % 3 == 0) out += ',';
      out += integer[written++];
    }
  };
  for (const PicturePiece& piece : picture.pieces) {
    switch (piece.kind) {
    case PicturePiece::Kind::Text:
      out += piece.text;
      break;
    case PicturePiece::Kind::Point:
      write_integer(0);
      after_point = true;
      if (!fraction.empty()) out += '.';
      break;
    case PicturePiece::Kind::Zero:
    case PicturePiece::Kind::Digit:
      if (!after_point)
        write_integer(--places_left);
      else if (fraction_written < fraction.size())
        out += fraction[fraction_written++];
    }
  }
  return out;
}

} // namespace

std::optional<std::string> format_picture(const Value& number, std::string_view text) {
  const auto picture = PictureParser(text).run();
  if (!picture) return std::nullopt;
  Decimal decimal = decimal_of(number);
  if (!decimal.digits.empty()) decimal.point += picture->shift;
  decimal.round_to_places(picture->fraction_places);
  return write_picture(*picture, decimal);
}

} // namespace writ::detail
