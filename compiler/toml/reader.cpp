// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/toml/reader.h"

#include <utility>

#include "compiler/diag/nearest.h"

namespace prunec::toml_text {

void Report::add(Code code, Span span, std::string message, std::string help) {
  Diagnostic diagnostic{code, std::move(message), SourceRange{source, span}};
  diagnostic.help = std::move(help);
  diagnostics.push_back(std::move(diagnostic));
}

TableReader::TableReader(const Table& table, Span span, std::string name, Report& report)
    : table_(table), span_(span), name_(std::move(name)), report_(report) {}

const Value* TableReader::find(const std::string& key, Need need) {
  asked_.insert(key);
  const auto found = table_.find(key);
  if (found != table_.end()) return &found->second;
  if (need == Need::kRequired) report_.add(report_.bad_value, span_, name_ + " has no `" + key + "`");
  return nullptr;
}

template <typename T>
const T* TableReader::get(const std::string& key, Need need, const char* expected) {
  const Value* value = find(key, need);
  if (value == nullptr) return nullptr;
  const T* data = std::get_if<T>(&value->data);
  if (data == nullptr) bad_value(key, expected);
  return data;
}

std::optional<std::string> TableReader::text(const std::string& key, Need need) {
  const auto* data = get<std::string>(key, need, "a text");
  return data == nullptr ? std::nullopt : std::optional(*data);
}

std::optional<bool> TableReader::boolean(const std::string& key, Need need) {
  const auto* value = get<bool>(key, need, "`true` or `false`");
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<std::int64_t> TableReader::integer(const std::string& key, Need need) {
  const auto* data = get<std::int64_t>(key, need, "a whole number");
  return data == nullptr ? std::nullopt : std::optional(*data);
}

std::optional<double> TableReader::number(const std::string& key, Need need) {
  const Value* value = find(key, need);
  if (value == nullptr) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&value->data)) return static_cast<double>(*whole);
  const auto* data = get<double>(key, need, "a number");
  return data == nullptr ? std::nullopt : std::optional(*data);
}

std::vector<std::string> TableReader::texts(const std::string& key, Need need) {
  std::vector<std::string> list;
  const Array* members = array(key, need);
  if (members == nullptr) return list;
  for (const Value& member : *members) {
    if (const auto* text = std::get_if<std::string>(&member.data)) {
      list.push_back(*text);
    } else {
      bad_value(key, "a list of texts");
      break;
    }
  }
  return list;
}

const Array* TableReader::array(const std::string& key, Need need) {
  return get<Array>(key, need, "a list");
}
const Table* TableReader::table(const std::string& key, Need need) {
  return get<Table>(key, need, "a table");
}

Span TableReader::span_of(const std::string& key) const {
  const auto found = table_.find(key);
  return found == table_.end() ? span_ : found->second.span;
}

void TableReader::bad_value(const std::string& key, const std::string& expected) {
  report_.add(report_.bad_value, span_of(key), "expected " + expected + " for `" + key + "`");
}

void TableReader::finish() {
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& [key, value] : table_) {
    if (asked_.contains(key)) continue;
    report_.add(report_.unknown_key, value.span, name_ + " has no key `" + key + "`",
                did_you_mean(key, known, "the keys are " + quoted_list(known, "and")));
  }
}

}  // namespace prunec::toml_text
