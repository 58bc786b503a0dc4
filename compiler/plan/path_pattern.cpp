// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/path_pattern.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace prunec {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '-';
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_word(c); });
}

constexpr const char* kRangeHelp = "write a value `4`, several `1|3`, or a range `2..` or `1..3`";

/// Thrown and caught inside this file only.
struct Failure {
  PatternError error;
};

[[noreturn]] void fail(std::size_t offset, std::size_t length, std::string message, std::string help) {
  throw Failure{{offset, length, std::move(message), std::move(help)}};
}

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Offsets of failures are counted from the start of the whole pattern; `base` is where `text` starts in it.
CaptureRange read_numbers(std::string_view text, std::size_t dots, std::size_t base) {
  const auto bound = [&](std::size_t offset, std::string_view digits) -> std::size_t {
    if (const auto number = whole_number(digits)) return *number;
    const bool large = !digits.empty() && std::all_of(digits.begin(), digits.end(), is_digit);
    fail(base + offset, digits.size(), large ? "the number is too large" : "a range needs whole numbers", kRangeHelp);
  };
  NumberRange range;
  const std::string_view first = text.substr(0, dots);
  const std::string_view last = text.substr(dots + 2);
  if (first.empty() && last.empty()) fail(base, text.size(), "a range needs a first or a last number", kRangeHelp);
  if (!first.empty()) range.first = bound(0, first);
  if (!last.empty()) range.last = bound(dots + 2, last);
  if (range.last && *range.last < range.first) {
    fail(base, text.size(), "the range ends before it starts", "write the smaller number first");
  }
  return range;
}

CaptureRange read_range(std::string_view text, std::size_t base) {
  if (text.find("..") != std::string_view::npos && text.find('|') != std::string_view::npos)
    fail(base, text.size(), "a range stands among single values", "write the range alone, or all its values, as in `2|3|5`");
  if (const auto dots = text.find(".."); dots != std::string_view::npos) return read_numbers(text, dots, base);
  OneOf one_of;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('|', begin), text.size());
    const std::string_view value = text.substr(begin, end - begin);
    if (!is_word(value))
      fail(base + begin, std::max<std::size_t>(value.size(), 1),
           "a value is missing or holds other signs than letters, digits, `_` and `-`", kRangeHelp);
    one_of.values.emplace_back(value);
    begin = end + 1;
  }
  return one_of;
}

class PatternReader {
 public:
  explicit PatternReader(std::string_view text) : text_(text) {}

  PathPattern read() {
    if (text_.empty()) fail(0, 0, "a path is missing", "write a module path such as `layer{stage}.{block}.bn1`");
    PathPattern pattern;
    for (;;) {
      const std::size_t end = component_end();
      pattern.components.push_back(read_component(end));
      if (at_ == text_.size()) {
        refuse_contradictions(pattern);
        return pattern;
      }
      ++at_;  // the dot
    }
  }

 private:
  /// The next dot that is not inside a capture, or the end.
  std::size_t component_end() const {
    bool inside = false;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '{') inside = true;
      if (text_[i] == '}') inside = false;
      if (text_[i] == '.' && !inside) return i;
    }
    return text_.size();
  }

  std::variant<Component, AnyComponents> read_component(std::size_t end) {
    const std::size_t begin = at_;
    if (begin == end) {
      const std::size_t mark = begin == text_.size() ? begin - 1 : begin;
      fail(mark, 1, "a path component is empty", "write one dot between two components, and none at the ends");
    }
    if (text_.substr(begin, end - begin) == "**") {
      at_ = end;
      return AnyComponents{};
    }
    Component component;
    while (at_ < end) component.parts.push_back(read_part(end));
    refuse_neighbours(component, begin, end);
    return component;
  }

  ComponentPart read_part(std::size_t end) {
    const char c = text_[at_];
    if (c == '{') return read_capture(end);
    if (c == '*') {
      if (at_ + 1 < end && text_[at_ + 1] == '*')
        fail(at_, 2, "`**` stands beside other text", "write `**` as a component of its own, as in `features.**.bn`");
      ++at_;
      return AnyText{};
    }
    const std::size_t begin = at_;
    while (at_ < end && is_word(text_[at_])) ++at_;
    if (at_ == begin)
      fail(at_, 1, std::string("`") + c + "` has no meaning in a path",
           "use letters, digits, `_`, `-`, `*` and captures such as `{stage}`");
    return Literal{std::string(text_.substr(begin, at_ - begin))};
  }

  Capture read_capture(std::size_t end) {
    const std::size_t open = at_;
    const std::size_t close = text_.find('}', open);
    const std::size_t next = std::min(text_.find('{', open + 1), end);
    if (close == std::string_view::npos || close > next) {
      const std::size_t shown = std::min(text_.find('.', open), next);
      fail(open, shown - open, "a capture is not closed", "add the missing `}`");
    }
    const std::string_view inside = text_.substr(open + 1, close - open - 1);
    const std::size_t equals = std::min(inside.find('='), inside.size());
    Capture capture;
    capture.name = std::string(inside.substr(0, equals));
    if (!is_word(capture.name) || !is_letter(capture.name.front())) {
      fail(open, close + 1 - open, "a capture needs a name", "name what it captures, as in `{stage}` or `{block=2..}`");
    }
    if (equals < inside.size()) capture.range = read_range(inside.substr(equals + 1), open + 1 + equals + 1);
    at_ = close + 1;
    return capture;
  }

  /// `{a}{b}` could share out the digits in several ways.
  static void refuse_neighbours(const Component& component, std::size_t begin, std::size_t end) {
    for (std::size_t i = 1; i < component.parts.size(); ++i) {
      if (!std::holds_alternative<Literal>(component.parts[i - 1]) && !std::holds_alternative<Literal>(component.parts[i])) {
        fail(begin, end - begin, "captures or stars stand side by side in one component", "put text between them, or make one of them");
      }
    }
  }

  /// A name that is captured twice holds the same text in both places.
  void refuse_contradictions(const PathPattern& pattern) const {
    std::map<std::string, std::vector<const CaptureRange*>> seen;
    for (const auto& component : pattern.components) {
      const auto* parts = std::get_if<Component>(&component);
      for (std::size_t i = 0; parts != nullptr && i < parts->parts.size(); ++i) {
        const auto* capture = std::get_if<Capture>(&parts->parts[i]);
        if (capture == nullptr) continue;
        for (const CaptureRange* other : seen[capture->name]) {
          if (are_apart(*other, capture->range))
            fail(0, text_.size(), "`" + capture->name + "` is captured twice, in ranges that have no value in common",
                 "give the two captures different names, or ranges that overlap");
        }
        seen[capture->name].push_back(&capture->range);
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string to_string(const Component& component) {
  std::string text;
  for (const ComponentPart& part : component.parts) {
    if (const auto* literal = std::get_if<Literal>(&part)) {
      text += literal->text;
    } else if (const auto* capture = std::get_if<Capture>(&part)) {
      const std::string range = to_string(capture->range);
      text += "{" + capture->name + (range.empty() ? "" : "=" + range) + "}";
    } else {
      text += "*";
    }
  }
  return text;
}

}  // namespace

std::variant<PathPattern, PatternError> parse_pattern(std::string_view text) {
  try {
    return PatternReader(text).read();
  } catch (const Failure& failure) {
    return failure.error;
  }
}

std::variant<CaptureRange, PatternError> parse_range(std::string_view text) {
  try {
    return read_range(text, 0);
  } catch (const Failure& failure) {
    return failure.error;
  }
}

std::string to_string(const CaptureRange& range) {
  if (const auto* numbers = std::get_if<NumberRange>(&range)) {
    return std::to_string(numbers->first) + ".." + (numbers->last ? std::to_string(*numbers->last) : "");
  }
  std::string text;
  if (const auto* one_of = std::get_if<OneOf>(&range)) {
    for (const std::string& value : one_of->values) text += (text.empty() ? "" : "|") + value;
  }
  return text;
}

std::string to_string(const PathPattern& pattern) {
  std::string text;
  for (const auto& component : pattern.components) {
    if (!text.empty()) text += ".";
    text += std::holds_alternative<AnyComponents>(component) ? "**" : to_string(std::get<Component>(component));
  }
  return text;
}

std::vector<std::string> capture_names(const PathPattern& pattern) {
  std::vector<std::string> names;
  for (const auto& component : pattern.components) {
    const auto* parts = std::get_if<Component>(&component);
    if (parts == nullptr) continue;
    for (const ComponentPart& part : parts->parts) {
      const auto* capture = std::get_if<Capture>(&part);
      if (capture != nullptr && std::find(names.begin(), names.end(), capture->name) == names.end()) names.push_back(capture->name);
    }
  }
  return names;
}

}  // namespace prunec
