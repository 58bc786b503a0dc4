// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Reads JSON that prunec wrote once, without trusting it. The first mistake is kept with its place; after it every read gives a default
/// value, so a reader is written straight down and asks once, at its end, whether all went well.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace prunec {

using Json = nlohmann::ordered_json;

/// The parsed text, or why it is no JSON.
struct ParsedJson {
  Json value;
  std::string mistake;  ///< a clause such as "it ends or breaks off at byte 120"; empty: none
};
ParsedJson parse_json(std::string_view text);

class JsonReader {
 public:
  /// Both must outlive the reader and those that it gives. `mistake` is empty at first.
  JsonReader(const Json& value, std::string& mistake) : JsonReader(&value, "", mistake) {}

  /// A key that must be there.
  JsonReader at(const std::string& key) const;
  /// A key that may be absent or null.
  std::optional<JsonReader> find(const std::string& key) const;
  std::vector<JsonReader> elements() const;

  std::string text() const;
  double number() const;
  bool flag() const;
  std::int64_t whole() const;
  std::vector<std::int64_t> wholes() const;
  std::vector<double> numbers() const;
  std::vector<std::string> texts() const;
  /// A whole number from 0 up to but not including `end`.
  std::size_t index(std::size_t end = static_cast<std::size_t>(INT64_MAX)) const;
  std::vector<std::size_t> indices(std::size_t end = static_cast<std::size_t>(INT64_MAX)) const;

  /// Notes that this value does not do, as a clause behind its place: "is 7, but there are 4 sets".
  void refuse(const std::string& what) const;

 private:
  JsonReader(const Json* value, std::string place, std::string& mistake) : value_(value), place_(std::move(place)), mistake_(&mistake) {}

  /// Null when the value is of another kind, which is noted.
  const Json* as(bool (*is)(const Json&), const char* kind) const;

  const Json* value_;  ///< null below a mistake
  std::string place_;  ///< "sets[3].members"
  std::string* mistake_;
};

}  // namespace prunec
