// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/model_check.h"

#include <set>
#include <utility>

#include "compiler/diag/render.h"

namespace prunec::cli {

Diagnostics check_with_model(Environment& environment, const std::string& model, const std::vector<ConstraintPlan>& plans,
                             const std::shared_ptr<const SourceFile>& source, const std::vector<std::int64_t>& input) {
  auto loaded = environment.runtime();
  if (auto* missing = std::get_if<Diagnostic>(&loaded)) return {std::move(*missing)};
  Diagnostics found;
  std::set<std::string> told;
  for (const ConstraintPlan& plan : plans) {
    for (Diagnostic& diagnostic : with_source(std::get<Runtime*>(loaded)->check({model, plan, input}), source)) {
      if (told.insert(render_json({diagnostic})).second) found.push_back(std::move(diagnostic));
    }
  }
  return found;
}

}  // namespace prunec::cli
