// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The sites that a plan uses, and where its layouts place them. Private to compiler/check.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/check/check.h"
#include "compiler/plan/plan.h"

namespace prunec {

/// Up to the end of the line that it starts in: a plan has no text to mark further lines of.
Origin origin_in(const Scope& scope, const ast::Extent& at);

class UsedSites {
 public:
  /// Returns its name in the plan.
  std::string add(const FoundSite& site);

  /// In the order of the file; those of a file that is used stand where the `use` stands.
  std::vector<Site> sites(const Scope& scope) const;

  /// Layouts of the same name in several files are one. What a layout leaves out keeps its top-level patterns; a layout that places all
  /// used sites where they are anyhow is left out.
  std::vector<Layout> layouts(const Scope& scope) const;

 private:
  std::set<std::string> names_;
};

}  // namespace prunec
