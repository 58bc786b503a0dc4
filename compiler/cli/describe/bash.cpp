// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <map>

#include "compiler/cli/describe/scripts.h"
#include "compiler/cli/describe/shell_text.h"
#include "compiler/cli/describe/values.h"

namespace prunec::cli {
namespace {

// clang-format off: it takes shell text for C++
constexpr const char* kHead = R"bash(# bash completion for prunec, made by `prunec completion bash`

_prunec_words() {
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$cur")
}

_prunec_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X "!*$1" -- "$cur" | while IFS= read -r file; do
    [[ -d $file ]] || printf '%s\n' "$file"
  done)
}

_prunec_rules() {
  _prunec_words "$("${COMP_WORDS[0]}" completion --rules 2>/dev/null)"
}

# Sets `position` to the number of arguments before the cursor that are no flags; $1 is a list of the flags that take a value.
_prunec_position() {
  local i
  position=0
  for ((i = 2; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      =) ;;
      -*)
        if [[ ${COMP_WORDS[i + 1]} == = ]]; then
          ((i += 2))
        elif [[ " $1 " == *" ${COMP_WORDS[i]} "* ]]; then
          ((i++))
        fi
        ;;
      *) ((position++)) ;;
    esac
  done
}

)bash";

constexpr const char* kBegin = R"bash(_prunec() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} position
  COMPREPLY=()
  # Bash splits words at `=`: `--format=js` arrives as three of them.
  if [[ $cur == = ]]; then
    cur='' prev=$prev=
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}=
  fi
)bash";
// clang-format on

std::string offer(const Candidates& candidates) {
  std::string text;
  if (!candidates.words.empty()) text += "_prunec_words " + quoted(joined(candidates.words, " ")) + "; ";
  if (candidates.installed_rules) text += "_prunec_rules; ";
  if (candidates.files) text += "_prunec_files " + quoted(candidates.ending) + "; ";
  return text.empty() ? ":; " : text;
}

/// The values behind a flag, as a branch for the word before the cursor.
std::string values_of(const ArgumentDescription& argument) {
  std::vector<std::string> patterns;
  if (!value_is_attached(argument)) {
    for (const std::string& flag : argument.flags) {
      patterns.push_back(flag);
      if (flag.starts_with("--")) patterns.push_back(flag + "=");
    }
    return "        " + joined(patterns, " | ") + ") " + offer(candidates_for(argument.value)) + "return ;;\n";
  }
  // `-Werror=unused-site`: the flag and the start of the value are one word.
  std::string text;
  std::map<std::string, std::vector<std::string>> ends;
  for (const std::string& word : candidates_for(argument.value).words) {
    const auto equals = word.find('=');
    if (equals != std::string::npos) ends[word.substr(0, equals + 1)].push_back(word.substr(equals + 1));
  }
  for (const auto& [start, words] : ends)
    text += "        " + argument.flags[0] + start + ") _prunec_words " + quoted(joined(words, " ")) + "; return ;;\n";
  return text;
}

std::string flag_words(const CommandDescription& command) {
  std::vector<std::string> words;
  for (const ArgumentDescription& argument : command.arguments) {
    words.insert(words.end(), argument.flags.begin(), argument.flags.end());
    if (!value_is_attached(argument)) continue;
    for (const std::string& value : candidates_for(argument.value).words) words.push_back(argument.flags[0] + value);
  }
  return joined(words, " ");
}

std::string case_of(const CommandDescription& command) {
  std::string values, taking;
  for (const ArgumentDescription& argument : command.arguments) {
    if (!argument.takes_value()) continue;
    values += values_of(argument);
    if (!value_is_attached(argument)) taking += (taking.empty() ? "" : " ") + joined(argument.flags, " ");
  }
  std::string text = "    " + command.name + ")\n";
  text += "      case $prev in\n" + values + "      esac\n";
  text += "      if [[ $cur == -* ]]; then\n        _prunec_words " + quoted(flag_words(command)) + "\n        return\n      fi\n";
  text += "      _prunec_position " + quoted(taking) + "\n      case $position in\n";
  const auto places = by_place(command);
  for (std::size_t i = 0; i < places.size(); ++i)
    text += "        " + (places[i].repeated ? "*" : std::to_string(i)) + ") " + offer(candidates_for(places[i].value)) + ";;\n";
  return text + "      esac\n      ;;\n";
}

}  // namespace

std::string bash_completion(const std::vector<CommandDescription>& commands) {
  std::vector<std::string> names;
  for (const CommandDescription& command : commands) names.push_back(command.name);
  std::string text = kHead;
  text += kBegin;
  text +=
      "  if ((COMP_CWORD == 1)); then\n    _prunec_words " + quoted(joined(names, " ") + " -h --help --version") + "\n    return\n  fi\n";
  text += "  case ${COMP_WORDS[1]} in\n";
  for (const CommandDescription& command : commands) text += case_of(command);
  return text + "  esac\n}\n\ncomplete -F _prunec prunec\n";
}

}  // namespace prunec::cli
