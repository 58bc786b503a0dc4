// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// list_sites RULES: what the default strategy of a rule file says, as the plan that prunec works by.
#include <iostream>

#include "compiler/check/check.h"
#include "compiler/check/lower.h"
#include "compiler/diag/render.h"
#include "compiler/plan/plan_toml.h"
#include "compiler/source/file_io.h"

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: list_sites RULES\n", 2;
  const auto file = prunec::read_file(argv[1]);
  if (!std::holds_alternative<std::string>(file)) return std::cerr << argv[1] << " cannot be read\n", 2;

  auto source = std::make_shared<const prunec::SourceFile>(argv[1], std::get<std::string>(file));
  // Files that the rules `use` are looked for beside them; the second argument would name further folders.
  const auto rules = prunec::parse_and_check(source, prunec::FolderLibrary(argv[1], {}));
  prunec::render_text(std::cerr, prunec::with_source(rules.diagnostics, source), false);
  if (!rules) return 1;
  std::cout << prunec::write_plan(prunec::lower(*rules, rules->default_strategy));
}
