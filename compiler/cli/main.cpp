// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <sys/auxv.h>
#include <unistd.h>

#include "compiler/cli/command.h"
#include "compiler/cli/runtime_loader.h"
#include "compiler/diag/render.h"

namespace {

using prunec::Code;
using prunec::Diagnostic;

std::string program_folder() {
  std::error_code error;
  auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  // Where /proc is not mounted, the kernel's word for the file that it started.
  if (error) path = std::filesystem::canonical(reinterpret_cast<const char*>(::getauxval(AT_EXECFN)), error);
  return error ? "." : path.parent_path().string();
}

int report_bug(const char* what) {
  Diagnostic diagnostic{Code::kP0901, "this is a bug in prunec"};
  diagnostic.notes.push_back({{}, std::string("prunec ") + PRUNEC_VERSION + ": " + what});
  diagnostic.help = "report it with the command line and the files that it names";
  prunec::render_text(std::cerr, {diagnostic}, false);
  return static_cast<int>(prunec::cli::ExitCode::kInternal);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    prunec::cli::Environment environment{std::cout, std::cerr, ::isatty(STDERR_FILENO) != 0, program_folder(), {}, {}};
    environment.variable = [](const std::string& name) -> std::optional<std::string> {
      const char* value = std::getenv(name.c_str());
      return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
    environment.runtime = [&environment] { return prunec::cli::load_runtime(environment); };
    const int code = static_cast<int>(prunec::cli::run({argv + 1, argv + argc}, environment));
    // A result that did not reach its reader is no success.
    std::cout.flush();
    return std::cout || code != 0 ? code : static_cast<int>(prunec::cli::ExitCode::kUsage);
  } catch (const std::bad_alloc&) {
    return report_bug("out of memory");
  } catch (const std::exception& error) {
    return report_bug(error.what());
  }
}
