// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Random rule files without syntax errors, with odd spacing and comments in odd places.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace prunec {

class RandomRules {
 public:
  explicit RandomRules(unsigned seed) : random_(seed) {}

  std::string file();

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }
  std::string one_of(const std::vector<std::string>& choices) { return choices[below(choices.size())]; }

  /// White space that may stand between two words of one statement.
  std::string space();
  /// The same, with a line break or a comment now and then: behind commas.
  std::string wide_space();
  std::string comments(std::size_t indent);
  std::string line_end();

  std::string name();
  std::string pattern();
  std::string use();
  std::string uses();
  std::string statement();
  std::string of();
  /// Who decides and who follows.
  std::string votes();
  std::string use_file();
  std::string layout();
  std::string site();
  std::string strategy();

  std::mt19937 random_;
};

}  // namespace prunec
