// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/describe/scripts.h"
#include "compiler/cli/describe/shell_text.h"
#include "compiler/cli/describe/values.h"

namespace prunec::cli {
namespace {

/// Text inside a specification of `_arguments`.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : one_line(text)) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

/// The action of `_arguments` for a value.
std::string action(const std::string& value) {
  const Candidates candidates = candidates_for(value);
  if (candidates.installed_rules) return "_prunec_rules";
  if (!candidates.words.empty()) return "(" + joined(candidates.words, " ") + ")";
  if (candidates.files) return candidates.ending.empty() ? "_files" : "_files -g \"*" + candidates.ending + "\"";
  return " ";
}

std::string value_part(const ArgumentDescription& argument) {
  return ":" + escaped(argument.value) + ":" + action(argument.value);
}

/// A flag with two forms is offered in one of them, and not again once it is there.
std::string specification(const ArgumentDescription& argument) {
  const std::string help = "[" + escaped(argument.help) + "]";
  if (argument.by_place()) return quoted((argument.repeated ? "*" : "") + value_part(argument)) + "\n";
  std::string forms, before = argument.repeated ? "*" : argument.flags.size() > 1 ? "(" + joined(argument.flags, " ") + ")" : "";
  for (const std::string& flag : argument.flags) {
    const std::string joint = !argument.takes_value() ? "" : value_is_attached(argument) ? "-" : flag.starts_with("--") ? "=" : "+";
    forms +=
        (forms.empty() ? "" : " \\\n    ") + quoted(before + flag + joint + help + (argument.takes_value() ? value_part(argument) : ""));
  }
  return forms + "\n";
}

std::string case_of(const CommandDescription& command) {
  std::string text = "    " + command.name + ")\n      _arguments -s";
  for (const ArgumentDescription& argument : command.arguments) {
    std::string lines = specification(argument);
    lines.pop_back();
    text += " \\\n    " + lines;
  }
  return text + "\n      ;;\n";
}

// clang-format off: it takes shell text for C++
constexpr const char* kHead = R"zsh(#compdef prunec
# zsh completion for prunec, made by `prunec completion zsh`

_prunec_rules() {
  local -a installed
  installed=(${(f)"$(_call_program rules prunec completion --rules 2>/dev/null)"})
  _alternative 'files:rule file:_files -g "*.prune"' "rules:installed rules:($installed)"
}

_prunec() {
  local -a commands
  commands=(
)zsh";
// clang-format on

}  // namespace

std::string zsh_completion(const std::vector<CommandDescription>& commands) {
  std::string text = kHead;
  for (const CommandDescription& command : commands) text += "    " + quoted(command.name + ":" + escaped(command.summary)) + "\n";
  text += "  )\n  if ((CURRENT == 2)); then\n    _describe -t commands command commands\n";
  text += "    _arguments '(- *)'{-h,--help}'[Show the commands]' '(- *)--version[Show the version]'\n    return\n  fi\n";
  text += "  shift words\n  ((CURRENT--))\n  case $words[1] in\n";
  for (const CommandDescription& command : commands) text += case_of(command);
  return text + "  esac\n}\n\nif [[ $funcstack[1] == _prunec ]]; then\n  _prunec \"$@\"\nelse\n  compdef _prunec prunec\nfi\n";
}

}  // namespace prunec::cli
