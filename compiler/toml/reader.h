// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Takes a TOML table apart key by key and reports what is missing, of the wrong kind, or not known.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/toml/document.h"

namespace prunec::toml_text {

/// Where the mistakes of one file go, and under which codes.
struct Report {
  std::shared_ptr<const SourceFile> source;
  Code bad_value;
  Code unknown_key;
  Diagnostics diagnostics = {};

  void add(Code code, Span span, std::string message, std::string help = {});
};

enum class Need { kRequired, kOptional };

class TableReader {
 public:
  /// `span` stands for the whole table where a key is missing. All arguments must outlive the reader.
  TableReader(const Table& table, Span span, std::string name, Report& report);

  std::optional<std::string> text(const std::string& key, Need need = Need::kRequired);
  std::optional<std::int64_t> integer(const std::string& key, Need need = Need::kRequired);
  std::optional<bool> boolean(const std::string& key, Need need = Need::kRequired);
  /// An integer counts as a number.
  std::optional<double> number(const std::string& key, Need need = Need::kRequired);
  std::vector<std::string> texts(const std::string& key, Need need = Need::kRequired);
  const Array* array(const std::string& key, Need need = Need::kRequired);
  const Table* table(const std::string& key, Need need = Need::kRequired);

  bool has(const std::string& key) const { return table_.contains(key); }
  /// The place of a value that is there, else of the table.
  Span span_of(const std::string& key) const;
  void bad_value(const std::string& key, const std::string& expected);

  /// Reports the keys that nobody asked for.
  void finish();

 private:
  const Value* find(const std::string& key, Need need);
  template <typename T>
  const T* get(const std::string& key, Need need, const char* expected);

  const Table& table_;
  Span span_;
  std::string name_;
  Report& report_;
  std::set<std::string> asked_;
};

}  // namespace prunec::toml_text
