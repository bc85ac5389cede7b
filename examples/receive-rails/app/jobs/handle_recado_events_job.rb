# frozen_string_literal: true

# Works through what is waiting, in the order in which it came: also what an earlier run has left.
class HandleRecadoEventsJob < ApplicationJob
  def perform
    RecadoEvent.waiting.find_each do |received|
      # Two jobs at once do not work on the same event.
      received.with_lock do
        next if received.handled_at

        work_on(received.event)
        received.update!(handled_at: Time.current)
      end
    end
  end

  private

  # Your own work. What raises leaves the event waiting.
  def work_on(event)
    Rails.logger.info("#{event["type"]}: #{event["data"]["id"]}")
  end
end
