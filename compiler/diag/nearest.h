// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// "Did you mean": names near to a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace prunec {

/// At most three of the candidates, nearest first, and none that is further away than a third of the name.
std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& candidates);

/// "`a`, `b` or `c`"; empty for an empty list.
std::string quoted_list(const std::vector<std::string>& names, std::string_view last_word = "or");

/// The same for names of which there may be many: the first ten, and how many more.
std::string quoted_few(const std::vector<std::string>& names);

/// Completes a diagnostic about the name at `range`: a near candidate as help, and as the correction when it is the only one
/// and has the same digits, since `bn3` is seldom a misspelt `bn2`; `otherwise` as help when nothing is near.
void suggest(Diagnostic& diagnostic, const SourceRange& range, std::string_view name, const std::vector<std::string>& candidates,
             std::string otherwise = {});

/// "did you mean `a` or `b`?", or `otherwise` when nothing is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates, std::string otherwise = {});

}  // namespace prunec
