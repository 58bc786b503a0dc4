// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/lsp/reference.h"

#include <sstream>

namespace prunec::lsp {
namespace {

struct Section {
  std::string heading;
  std::string body;  ///< up to the first example
};

std::vector<Section> read_sections() {
  std::vector<Section> sections;
  std::istringstream lines{std::string(reference_text())};
  bool example = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) {
      sections.push_back({line.substr(3), ""});
      example = false;
    }
    example = example || line.starts_with("```");
    if (!sections.empty() && !example && !line.starts_with("## ")) sections.back().body += line + "\n";
  }
  return sections;
}

const std::vector<Section>& sections() {
  static const std::vector<Section> kSections = read_sections();
  return kSections;
}

/// Whether a line of the section's syntax, which is indented, begins with the word.
bool has_syntax_of(const Section& section, const std::string& keyword) {
  std::istringstream lines(section.body);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("    " + keyword + " ") || line == "    " + keyword) return true;
  }
  return false;
}

/// Indented syntax as a block that an editor highlights.
std::string with_syntax_blocks(const std::string& body) {
  std::istringstream lines(body);
  std::string text;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    const bool syntax = line.starts_with("    ");
    if (syntax != inside) text += syntax ? "```prune\n" : "```\n";
    inside = syntax;
    text += (syntax ? line.substr(4) : line) + "\n";
  }
  return text + (inside ? "```\n" : "");
}

}  // namespace

std::string section_about(std::string_view keyword) {
  const std::string word(keyword);
  const Section* found = nullptr;
  for (const Section& section : sections()) {
    if (section.heading.find("`" + word + "`") != std::string::npos) return with_syntax_blocks(section.body);
    if (found == nullptr && has_syntax_of(section, word)) found = &section;
  }
  return found == nullptr ? "" : with_syntax_blocks(found->body);
}

std::string row_about(std::string_view value) {
  const std::string word = "`" + std::string(value) + "`";
  std::istringstream lines{std::string(reference_text())};
  std::string head, previous;
  for (std::string line; std::getline(lines, line); previous = line) {
    if (line.starts_with("| ---")) head = previous + "\n" + line + "\n";
    if (line.starts_with("| ") && line.substr(0, line.find(" |", 2)).find(word) != std::string::npos) return head + line + "\n";
  }
  return "";
}

}  // namespace prunec::lsp
