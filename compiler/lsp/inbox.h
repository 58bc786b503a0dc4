// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The messages that have arrived. A thread of its own reads them, so that a request can be cancelled while it waits, and so that the
/// server knows whether more is waiting: what a client types fast is judged once.
#pragma once

#include <condition_variable>
#include <deque>
#include <istream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace prunec::lsp {

/// What was read: a message, or nothing when its text is no JSON.
struct Mail {
  std::optional<nlohmann::json> message;
};

class Inbox {
 public:
  explicit Inbox(std::istream& in);
  /// Waits for the reader, which ends at `exit` or at the end of the stream.
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// Waits for the next message; nothing when there will be none.
  std::optional<Mail> next();
  bool empty() const;
  /// Whether the client has taken this request back; asked once.
  bool cancelled(const nlohmann::json& id);

 private:
  void read(std::istream& in);

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Mail> mail_;
  std::set<std::string> cancelled_;  ///< identifiers as JSON text
  bool closed_ = false;
  std::thread reader_;
};

}  // namespace prunec::lsp
