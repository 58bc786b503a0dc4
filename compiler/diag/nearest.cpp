// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diag/nearest.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace prunec {
namespace {

constexpr std::size_t kMostCandidates = 3;
/// Beyond this length a name is not compared, so that a hostile file costs no time.
constexpr std::size_t kLongestName = 120;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string digits_of(std::string_view name) {
  std::string digits;
  std::copy_if(name.begin(), name.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

/// Edit distance where a swap of two neighbours counts once and letter case does not count.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_back(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = std::min(row[j], two_back[j - 2] + 1);
    }
    two_back.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.size() > kLongestName) return {};
  const std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& candidate : candidates) {
    const std::size_t difference = candidate.size() > name.size() ? candidate.size() - name.size() : name.size() - candidate.size();
    if (difference > limit) continue;
    const std::size_t d = distance(name, candidate);
    if (d <= limit && d < name.size() && candidate != name) found.emplace_back(d, candidate);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < found.size() && i < kMostCandidates; ++i) names.push_back(found[i].second);
  return names;
}

std::string quoted_list(const std::vector<std::string>& names, std::string_view last_word) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " " + std::string(last_word) + " " : ", ";
    text += "`" + names[i] + "`";
  }
  return text;
}

std::string quoted_few(const std::vector<std::string>& names) {
  constexpr std::size_t kFew = 10;
  if (names.size() <= kFew + 1) return quoted_list(names, "and");
  std::string text;
  for (std::size_t i = 0; i < kFew; ++i) text += "`" + names[i] + "`, ";
  return text + "and " + std::to_string(names.size() - kFew) + " more";
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates, std::string otherwise) {
  const std::vector<std::string> near = nearest(name, candidates);
  return near.empty() ? otherwise : "did you mean " + quoted_list(near) + "?";
}

void suggest(Diagnostic& diagnostic, const SourceRange& range, std::string_view name, const std::vector<std::string>& candidates,
             std::string otherwise) {
  const std::vector<std::string> near = nearest(name, candidates);
  diagnostic.help = near.empty() ? std::move(otherwise) : "did you mean " + quoted_list(near) + "?";
  // `bn3` beside `bn2` is more likely a name that is missing than a slip of the finger.
  if (near.size() == 1 && digits_of(name) == digits_of(near.front())) diagnostic.fix = Fix{range, near.front()};
}

}  // namespace prunec
