// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A TOML text as plain values with their places, so that the parsing library stays out of our headers and its wording out of our messages.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source_file.h"

namespace prunec::toml_text {

struct Value;
using Array = std::vector<Value>;
using Table = std::map<std::string, Value>;
/// Kinds that no file of ours uses, such as dates.
struct Other {};

struct Value {
  std::variant<Other, bool, std::int64_t, double, std::string, Array, Table> data;
  Span span;  ///< of the value, on its first line
};

/// Where the text stops being TOML.
struct Failure {
  Span span;
};

std::variant<Table, Failure> parse(const SourceFile& source);

/// A basic string with its quotes.
std::string quote(const std::string& text);

}  // namespace prunec::toml_text
