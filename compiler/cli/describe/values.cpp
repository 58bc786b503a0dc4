// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/describe/values.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "compiler/cli/describe/scripts.h"
#include "compiler/diag/diagnostic.h"

namespace prunec::cli {
namespace {

std::vector<std::string> codes() {
  std::vector<std::string> ids;
  for (const CodeInfo& code : all_codes()) ids.emplace_back(code.id);
  return ids;
}

/// "auto|cpu|cuda[:N]": what is optional is left out.
std::vector<std::string> choices(const std::string& value) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find('|', begin), value.size());
    const std::string word = value.substr(begin, end - begin);
    words.push_back(word.substr(0, word.find('[')));
    begin = end + 1;
  }
  return words;
}

}  // namespace

std::vector<std::string> warning_switches() {
  std::vector<std::string> names;
  for (const CodeInfo& code : all_codes()) {
    if (code.severity != Severity::kWarning) continue;
    for (const char* prefix : {"", "no-", "error="}) names.push_back(std::string(prefix) + code.name);
  }
  names.emplace_back("error");
  return names;
}

Candidates candidates_for(const std::string& value) {
  static const std::map<std::string, Candidates> kKnown = {{"RULES", {{}, true, ".prune", true}},
                                                           {"MODEL", {{}, true, ".pt", false}},
                                                           {"ORIGINAL", {{}, true, ".pt", false}},
                                                           {"PRUNED", {{}, true, ".pt", false}},
                                                           {"PLAN", {{}, true, ".toml", false}},
                                                           {"REPORT", {{}, true, ".json", false}},
                                                           {"OUT", {{}, true, "", false}},
                                                           {"FILE", {{}, true, "", false}},
                                                           {"CODE", {codes(), false, "", false}},
                                                           {"WARNING", {warning_switches(), false, "", false}},
                                                           {"SHELL", {shell_names(), false, "", false}}};
  if (const auto known = kKnown.find(value); known != kKnown.end()) return known->second;
  if (value.find('|') != std::string::npos) return {choices(value), false, "", false};
  const auto dot = value.find('.');
  if (dot != std::string::npos && dot > 0) return {{}, true, value.substr(dot), false};
  return {};
}

}  // namespace prunec::cli
