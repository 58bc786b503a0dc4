// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Patterns over module paths, such as `layer{stage}.{block}.bn1`. They are parsed in one place, for rule files and for plans alike.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace prunec {

/// What a capture may hold: any text, a whole number in a range (`{stage=2..}`, `{stage=1..3}`), or one of several (`{stage=1|3}`).
struct NumberRange {
  std::size_t first = 0;
  std::optional<std::size_t> last;  ///< inclusive; none: open

  friend bool operator==(const NumberRange&, const NumberRange&) = default;
};
struct OneOf {
  std::vector<std::string> values;

  friend bool operator==(const OneOf&, const OneOf&) = default;
};
using CaptureRange = std::variant<std::monostate, NumberRange, OneOf>;

struct Literal {
  std::string text;

  friend bool operator==(const Literal&, const Literal&) = default;
};
/// `{name}`: a whole component, or the digits inside one when the component has other text too (`layer{stage}`).
struct Capture {
  std::string name;
  CaptureRange range;

  friend bool operator==(const Capture&, const Capture&) = default;
};
/// `*`: any text inside one component.
struct AnyText {
  friend bool operator==(const AnyText&, const AnyText&) = default;
};

/// The pieces of one path component in order.
using ComponentPart = std::variant<Literal, Capture, AnyText>;
struct Component {
  std::vector<ComponentPart> parts;

  friend bool operator==(const Component&, const Component&) = default;
};
/// `**`: any number of components, none included.
struct AnyComponents {
  friend bool operator==(const AnyComponents&, const AnyComponents&) = default;
};

struct PathPattern {
  std::vector<std::variant<Component, AnyComponents>> components;

  friend bool operator==(const PathPattern&, const PathPattern&) = default;
};

/// Why a pattern cannot be read, and where in its text.
struct PatternError {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string message;
  std::string help;
};

std::variant<PathPattern, PatternError> parse_pattern(std::string_view text);

/// What stands behind the `=` of a capture or of a site filter: `4`, `1|3`, `2..` or `1..3`. It must not be empty.
std::variant<CaptureRange, PatternError> parse_range(std::string_view text);

/// The text that `parse_pattern` reads back to the same pattern.
std::string to_string(const PathPattern& pattern);

/// The text that `parse_range` reads back to the same range; empty for a range that holds any text.
std::string to_string(const CaptureRange& range);

/// Label values by name, such as {stage: "1", block: "0"}.
using Labels = std::map<std::string, std::string>;

/// The captured labels when the whole of `path` matches. A name captured twice must hold the same text in both places.
std::optional<Labels> match(const PathPattern& pattern, std::string_view path);

/// Whether a label with this value lies in the range.
bool contains(const CaptureRange& range, std::string_view value);

/// Whether every value of `part` is certain to lie in `whole`.
bool lies_within(const CaptureRange& part, const CaptureRange& whole);

/// Whether no value lies in both.
bool are_apart(const CaptureRange& a, const CaptureRange& b);

/// The names that a match captures, in order of appearance, each once.
std::vector<std::string> capture_names(const PathPattern& pattern);

}  // namespace prunec
