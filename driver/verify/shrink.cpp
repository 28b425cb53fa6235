// SPDX-License-Identifier: MIT
#include "verify/shrink.h"

namespace writ::driver::verify {

namespace {

class Shrinker {
public:
  Shrinker(Situation situation, const Differs& differs, std::size_t most)
      : situation_(std::move(situation)), differs_(differs), left_(most) {}

  Situation run() {
    bool changed = true;
    while (changed && left_ > 0) {
      changed = rows();
      for (std::size_t i = 0; i < situation_.rows.size(); ++i)
        changed |= value(situation_.rows[i], true);
    }
    return std::move(situation_);
  }

private:
  bool still_differs() {
    if (left_ == 0) return false;
    --left_;
    return differs_(situation_);
  }

  /// Puts `smaller` in the place of a value when the difference stays.
  bool replace(json& place, json smaller) {
    if (place == smaller) return false;
    std::swap(place, smaller);
    if (still_differs()) return true;
    std::swap(place, smaller);
    return false;
  }

  bool rows() {
    bool changed = false;
    for (std::size_t i = situation_.rows.size(); i-- > 1;) {
      const std::vector<json> before = situation_.rows;
      situation_.rows.erase(situation_.rows.begin() + static_cast<std::ptrdiff_t>(i));
      if (still_differs())
        changed = true;
      else
        situation_.rows = before;
    }
    if (situation_.complete) {
      situation_.complete = false;
      if (still_differs())
        changed = true;
      else
        situation_.complete = true;
    }
    return changed;
  }

  bool value(json& place, bool root) {
    if (place.is_object()) return object(place, root);
    if (place.is_array()) return array(place);
    if (place.is_string()) return text(place);
    if (place.is_number_integer()) return replace(place, 0);
    return false;
  }

  bool object(json& place, bool root) {
    bool changed = false;
    std::vector<std::string> keys;
    for (const auto& [key, member] : place.items())
      keys.push_back(key);
    for (const std::string& key : keys) {
      // A resource without id or type is none.
      if (root && (key == "id" || key == "type")) continue;
      json without = place;
      without.erase(key);
      if (replace(place, std::move(without))) {
        changed = true;
        continue;
      }
      changed |= value(place[key], false);
    }
    return changed;
  }

  bool array(json& place) {
    bool changed = replace(place, json::array());
    for (std::size_t i = place.size(); i-- > 0;) {
      json without = place;
      without.erase(i);
      if (replace(place, std::move(without))) {
        changed = true;
        continue;
      }
      changed |= value(place[i], false);
    }
    return changed;
  }

  bool text(json& place) {
    bool changed = replace(place, "");
    while (place.get_ref<const std::string&>().size() > 1) {
      const std::string whole = place.get<std::string>();
      if (replace(place, whole.substr(0, whole.size() / 2)) ||
          replace(place, whole.substr(0, whole.size() - 1)))
        changed = true;
      else
        break;
    }
    return changed;
  }

  Situation situation_;
  const Differs& differs_;
  std::size_t left_;
};

void collect_pointers(const json& value, const std::string& at, std::vector<std::string>& out) {
  if (value.is_structured() && !value.empty()) {
    for (const auto& [key, member] : value.items()) {
      if (at.empty() && (key == "id" || key == "type" || key == "name")) continue;
      std::string step;
      for (char c : key)
        step += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
      collect_pointers(member, at + "/" + step, out);
    }
    return;
  }
  out.push_back(at);
}

} // namespace

Situation shrink(Situation situation, const Differs& differs, std::size_t most) {
  return Shrinker(std::move(situation), differs, most).run();
}

std::vector<std::string> deciding_pointers(const json& row) {
  std::vector<std::string> out;
  collect_pointers(row, "", out);
  if (out.empty()) out.emplace_back("/type");
  return out;
}

} // namespace writ::driver::verify
