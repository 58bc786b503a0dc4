// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/compiler/format/random_rules.h"

namespace prunec {

std::string RandomRules::space() {
  return one_of({" ", " ", " ", "  ", "\t", "   "});
}

std::string RandomRules::wide_space() {
  if (chance(12)) return " # between\n" + std::string(below(8), ' ');
  return chance(8) ? "\n" + std::string(below(12), ' ') : one_of({" ", "", "  "});
}

std::string RandomRules::comments(std::size_t indent) {
  std::string text;
  while (chance(5))
    text += std::string(below(indent + 3), ' ') + one_of({"# a word", "#", "#! mark", "# \"quoted", "# \xE6\x97\xA5\xE6\x9C\xAC  "}) + "\n";
  while (chance(4)) text += one_of({"\n", "  \n", "\n\n\n"});
  return text;
}

std::string RandomRules::line_end() {
  return chance(5) ? space() + "# behind\n" : one_of({"\n", " \n", "\r\n"});
}

std::string RandomRules::name() {
  return one_of({"bn1", "bn2", "stem", "down", "a-b", "first", "skip", "x_1", "0", "12", "strategy", "of"});
}

std::string RandomRules::pattern() {
  return one_of({"bn1", "layer{stage}.{block}.bn1", "a.**.b", "features.0", "x*.y", "{s=2..}.n", "l{s=1..3}.n", "{s=a|b}.n", "conv.0.1"});
}

std::string RandomRules::use() {
  std::string text = chance(3) ? one_of({"a.b", "layer4.*.bn1", "x.{c}"}) : name();
  if (chance(3)) text += one_of({"[stage=4]", "[s=1|3]", "[ s = 2.. , t=1 | 3 ]", "[a=b]"});
  return text;
}

std::string RandomRules::uses() {
  std::string text = use();
  // Behind a line break a keyword is one, so a list only breaks before a path.
  while (chance(2)) text += chance(2) ? "," + wide_space() + one_of({"a.b", "layer4.*.bn1"}) : ", " + use();
  return text;
}

std::string RandomRules::statement() {
  switch (below(16)) {
    case 0:
      return "prune" + space() + uses();
    case 1:
      return "skip" + space() + one_of({"bn1", "a.b"}) + ", " + uses();
    case 2:
      return "skip" + space() + one_of({"first", "last"}) + space() + "3" + (chance(2) ? space() + "of " + uses() : "");
    case 3:
      return "tie" + space() + uses() + (chance(2) ? space() + "across stage, " + name() : "") + votes() +
             (chance(3) ? space() + "even if" + space() + "unrelated" : "");
    case 4:
      return "divisible" + space() + "32" + (chance(2) ? space() + "round" + space() + "down" : "") +
             (chance(2) ? space() + "of " + uses() : "");
    case 5:
      return "ratio" + space() + one_of({"40", "2.50", "0"}) + one_of({"%", " %"}) + (chance(3) ? space() + "exact" : "");
    case 6:
      return "tie" + space() + "from" + space() + "graph" + (chance(2) ? space() + "by max" : "");
    case 7:
      // Keywords behind it are the next statement unless a list goes on.
      return "concat-propagate" + (chance(2) ? space() + one_of({"bn1", "a.b"}) + (chance(3) ? ", " + uses() : "") : "") + votes();
    case 8:
      return "concat-select" + space() + uses();
    case 9:
      return chance(3) ? "shuffles" + space() + one_of({"keep", "select"}) : "groups" + space() + one_of({"keep", "drop"}) + of();
    case 10:
      return "keep" + space() + "at least" + space() + one_of({"16", "1", "12.5 %", "50%"}) + of();
    case 11:
      return "remove at" + space() + "most" + space() + one_of({"30", "2.50"}) + "%" + of();
    case 12:
      return "budget" + space() + one_of({"channels", "params", "macs", "latency"}) + space() + "50" + one_of({"%", " %"});
    case 13:
      return "rank" + space() + one_of({"global", "per site", "per  stage", "per first"});
    case 14:
      return "score" + space() + one_of({"gamma", "weight l1", "weight" + space() + "l2"}) +
             (chance(2) ? space() + "normalized by" + space() + one_of({"max", "mean", "l2"}) : "");
    default:
      return "threshold" + space() + one_of({"0.1", "1e-3", "5"});
  }
}

std::string RandomRules::of() {
  return chance(2) ? space() + "of " + uses() : "";
}

std::string RandomRules::votes() {
  return (chance(2) ? space() + "by quota" : "") + (chance(2) ? space() + "carrying " + uses() : "");
}

std::string RandomRules::use_file() {
  std::string text = "use" + space() + one_of({"\"a.prune\"", "\"sub/b\""});
  if (chance(2)) text += space() + "as " + name();
  return text + (chance(2) ? space() + "under" + space() + one_of({"backbone.body", "x"}) : "") + line_end();
}

std::string RandomRules::layout() {
  std::string text = "layout" + space() + name() + one_of({"{", " {"}) + line_end();
  for (std::size_t i = below(4); i > 0; --i) text += comments(2) + std::string(below(5), ' ') + site() + line_end();
  return text + comments(2) + "}" + line_end();
}

std::string RandomRules::site() {
  std::string text = "site" + space() + name() + one_of({"=", " = ", "  ="}) + pattern();
  while (chance(3)) text += "," + wide_space() + one_of({"a.b", "layer{stage}.{block}.downsample.1"});
  if (chance(3)) text += space() + "where" + space() + name() + one_of({"=", " = "}) + one_of({"1", "x"});
  return text;
}

std::string RandomRules::strategy() {
  std::string text = "strategy" + space() + name() + (chance(3) ? space() + "\"some  text # here\"" : "") +
                     (chance(3) ? space() + "extends " + name() : "") + " {";
  if (chance(4)) return text + space() + statement() + " }" + line_end();
  text += line_end();
  for (std::size_t i = below(4); i > 0; --i) text += comments(2) + std::string(below(6), ' ') + statement() + line_end();
  return text + comments(2) + "}" + line_end();
}

std::string RandomRules::file() {
  std::string text = comments(0) + "prunec" + space() + "1" + line_end() + comments(0) + "architecture" + space() + "net" + line_end();
  for (std::size_t i = below(8); i > 0; --i) {
    text += comments(0);
    text += chance(8)   ? "default strategy " + name() + line_end()
            : chance(8) ? use_file()
            : chance(8) ? layout()
            : chance(2) ? site() + line_end()
                        : strategy();
  }
  return text + comments(0);
}

}  // namespace prunec
