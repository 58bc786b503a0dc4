// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/describe/description.h"

#include <ostream>
#include <utility>

#include "compiler/cli/command.h"

namespace prunec::cli {

std::vector<CommandDescription> describe_commands() {
  std::vector<CommandDescription> all;
  std::ostream nowhere(nullptr);
  for (const Command& command : commands()) {
    Environment environment{nowhere, nowhere, false, "", {}, {}};
    environment.describe = [&](CommandDescription description) {
      description.summary = command.summary;
      all.push_back(std::move(description));
    };
    command.run({}, environment);
  }
  return all;
}

}  // namespace prunec::cli
