// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/api/outputs.h"

#include <filesystem>

#include "compiler/source/file_io.h"

namespace prunec {

namespace {

namespace fs = std::filesystem;

Diagnostic at_file(Code code, std::string message, const std::string& path, std::string help) {
  Diagnostic diagnostic{code, std::move(message)};
  diagnostic.place = FilePlace{path};
  diagnostic.help = std::move(help);
  return diagnostic;
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return fs::equivalent(a, b, ignored);
}

/// One output on its way to its place.
struct Written {
  std::string path;
  std::string temporary;  ///< the new content until it is published
  std::string earlier;    ///< a second name for the old content, if there was any
  bool published = false;
};

/// Takes everything back: new files go, replaced ones return.
Diagnostics undo(const std::vector<Written>& written, const IoError& error) {
  std::error_code ignored;
  for (const Written& file : written) {
    fs::remove(file.temporary, ignored);
    if (!fs::exists(file.earlier, ignored)) {
      if (file.published) fs::remove(file.path, ignored);
    } else if (file.published) {
      fs::rename(file.earlier, file.path, ignored);
    } else {
      fs::remove(file.earlier, ignored);
    }
  }
  Diagnostic diagnostic =
      at_file(Code::kP0852, "the file cannot be written", error.path, "check the folder's permissions and the space on the disk");
  diagnostic.notes.push_back({{}, error.reason});
  diagnostic.notes.push_back({{}, "nothing was written"});
  return {std::move(diagnostic)};
}

}  // namespace

Diagnostics check_outputs(const ApplyRequest& request) {
  Diagnostics diagnostics;
  for (const std::string& path : {request.output, request.report}) {
    if (is_same_file(path, request.model)) {
      diagnostics.push_back(at_file(Code::kP0855, "the output would replace the input", path, "name another file with `-o`"));
      continue;
    }
    std::error_code ignored;
    if (!request.force && fs::exists(fs::symlink_status(path, ignored))) {
      diagnostics.push_back(
          at_file(Code::kP0851, "the output file exists already", path, "remove it, name another with `-o`, or replace it with `--force`"));
    }
  }
  if (diagnostics.empty() && fs::path(request.output).lexically_normal() == fs::path(request.report).lexically_normal()) {
    diagnostics.push_back(
        at_file(Code::kP0855, "the model and the report have the same name", request.report, "name another report with `--report`"));
  }
  return diagnostics;
}

Diagnostics write_together(const std::vector<OutputFile>& files) {
  std::vector<Written> written;
  for (const OutputFile& file : files) {
    written.push_back({file.path, temporary_name(file.path), temporary_name(file.path)});
    if (auto error = write_file_atomically(written.back().temporary, file.bytes)) {
      error->path = file.path;
      return undo(written, *error);
    }
  }
  for (Written& file : written) {
    // A second name for what stands there now brings it back when a later file fails. Where there is nothing, there is none to make.
    std::error_code ignored;
    fs::create_hard_link(file.path, file.earlier, ignored);
    if (const auto error = publish_file(file.temporary, file.path)) return undo(written, *error);
    file.published = true;
  }
  std::error_code ignored;
  for (const Written& file : written) fs::remove(file.earlier, ignored);
  return {};
}

}  // namespace prunec
