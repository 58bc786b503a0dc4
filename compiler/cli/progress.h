// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>

#include "compiler/cli/command.h"
#include "compiler/cli/output.h"

namespace prunec::cli {

/// While it lives, tells a person at a terminal what the program is at, once a step has lasted for more than a second: one line on stderr,
/// which is gone afterwards. Says nothing in a pipe, when quiet, or beside JSON.
class Progress {
 public:
  /// `step` completes "prunec is ...": "tracing the model".
  Progress(Environment& environment, const Output& output, std::string step);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// The step before has ended.
  void begin(std::string step);

 private:
  using Clock = std::chrono::steady_clock;

  void watch();
  void clear();

  std::ostream& err_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::string step_;
  Clock::time_point begun_ = Clock::now();
  bool ended_ = false;
  bool shown_ = false;   ///< a line stands on the terminal
  std::thread watcher_;  ///< none where there is nobody to tell
};

}  // namespace prunec::cli
