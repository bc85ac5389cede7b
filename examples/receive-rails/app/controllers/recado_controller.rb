# frozen_string_literal: true

require "recado_signature"

# ActionController::API asks for no CSRF token: the signature stands in its place.
class RecadoController < ActionController::API
  def create
    return head :unauthorized unless signed?

    RecadoEvent.create!(webhook_id: request.headers["webhook-id"], event: JSON.parse(request.raw_post))
    head :no_content
  rescue ActiveRecord::RecordNotUnique
    # It is kept already: what was not answered in time comes again, with the same id.
    head :no_content
  end

  private

  def signed?
    RecadoSignature.new(ENV.fetch("RECADO_WEBHOOK_SECRET")).good?(
      id: request.headers["webhook-id"],
      timestamp: request.headers["webhook-timestamp"],
      signatures: request.headers["webhook-signature"],
      body: request.raw_post
    )
  end
end
