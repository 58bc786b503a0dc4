// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Pieces that the completion scripts share.
#pragma once

#include <string>
#include <vector>

#include "compiler/cli/describe/description.h"

namespace prunec::cli {

inline std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// In single quotes, as all three shells read them: a quote inside ends them, stands escaped, and begins them again.
inline std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + "'";
}

/// Help in one line.
inline std::string one_line(std::string text) {
  for (char& c : text) c = c == '\n' ? ' ' : c;
  return text;
}

/// The arguments that are told by their place, in order.
inline std::vector<ArgumentDescription> by_place(const CommandDescription& command) {
  std::vector<ArgumentDescription> found;
  for (const ArgumentDescription& argument : command.arguments) {
    if (argument.by_place()) found.push_back(argument);
  }
  return found;
}

/// A flag whose value stands in the same word, as in `-Wunused-site`: one that has a short form only.
inline bool value_is_attached(const ArgumentDescription& argument) {
  return argument.takes_value() && argument.flags.size() == 1 && !argument.flags[0].starts_with("--");
}

}  // namespace prunec::cli
