// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/describe/scripts.h"
#include "compiler/cli/describe/shell_text.h"
#include "compiler/cli/describe/values.h"

namespace prunec::cli {
namespace {

/// In single quotes, fish reads `\\` and `\'`.
std::string fish_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : one_line(text)) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

/// What is offered for a value, as options of `complete`; -x: nothing but these.
std::string offer(const std::string& value) {
  const Candidates candidates = candidates_for(value);
  if (candidates.installed_rules)
    return "-k -x -a '(__fish_complete_suffix " + candidates.ending + "; prunec completion --rules 2>/dev/null)'";
  if (!candidates.words.empty()) return "-x -a " + fish_quoted(joined(candidates.words, " "));
  if (candidates.files) return candidates.ending.empty() ? "-r -F" : "-k -x -a '(__fish_complete_suffix " + candidates.ending + ")'";
  return "-x";
}

std::string line_of(const std::string& condition, const ArgumentDescription& argument) {
  std::string text = "complete -c prunec -n " + condition;
  for (const std::string& flag : argument.flags) text += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
  if (!argument.value.empty()) text += " " + offer(argument.value);
  return text + " -d " + fish_quoted(argument.by_place() ? argument.value : argument.help) + "\n";
}

}  // namespace

std::string fish_completion(const std::vector<CommandDescription>& commands) {
  std::string text = "# fish completion for prunec, made by `prunec completion fish`\n\ncomplete -c prunec -f\n";
  text += "complete -c prunec -n __fish_use_subcommand -s h -l help -d 'Show the commands'\n";
  text += "complete -c prunec -n __fish_use_subcommand -l version -d 'Show the version'\n";
  for (const CommandDescription& command : commands) {
    const std::string condition = "'__fish_seen_subcommand_from " + command.name + "'";
    text += "\ncomplete -c prunec -n __fish_use_subcommand -a " + command.name + " -d " + fish_quoted(command.summary) + "\n";
    for (const ArgumentDescription& argument : command.arguments) text += line_of(condition, argument);
  }
  return text;
}

}  // namespace prunec::cli
