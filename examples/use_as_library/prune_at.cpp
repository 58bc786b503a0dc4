// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// prune_at MODEL RULES RATIO OUTPUT: what `prunec apply` does, from a program of one's own.
#include <iostream>

#include "compiler/check/check.h"
#include "compiler/check/lower.h"
#include "compiler/diag/render.h"
#include "compiler/source/file_io.h"
#include "runtime/api/runtime.h"

int main(int argc, char** argv) {
  if (argc != 5) return std::cerr << "usage: prune_at MODEL RULES RATIO OUTPUT\n", 2;
  const auto file = prunec::read_file(argv[2]);
  if (!std::holds_alternative<std::string>(file)) return std::cerr << argv[2] << " cannot be read\n", 2;
  auto source = std::make_shared<const prunec::SourceFile>(argv[2], std::get<std::string>(file));
  const auto rules = prunec::parse_and_check(source, prunec::FolderLibrary(argv[2], {}));
  prunec::render_text(std::cerr, prunec::with_source(rules.diagnostics, source), false);
  if (!rules) return 1;

  prunec::ApplyRequest request;
  request.model = argv[1];
  request.plan = prunec::lower(*rules, rules->default_strategy);
  request.amount = prunec::Ratio{std::stod(argv[3])};
  request.input = {1, 1, 8, 8};
  request.output = argv[4];
  request.report = std::string(argv[4]) + ".json";
  const auto result = prunec_runtime_1()->apply(request);
  prunec::render_text(std::cerr, result.diagnostics, false);
  if (!result) return 1;

  const prunec::Report& report = result->report;
  std::cout << report.site_channels.before << " channels before, " << report.site_channels.after << " after; largest difference "
            << report.verification.max_abs_diff << (report.verification.passed ? ", proven" : "") << "\n";
}
