# frozen_string_literal: true

require "openssl"

# The signature of an event from Recado: HMAC-SHA256 over id, timestamp and raw body.
class RecadoSignature
  TOLERANCE = 300 # seconds

  def initialize(secret)
    @key = secret.to_s.delete_prefix("whsec_").unpack1("m")
    # An empty key would make everybody's signature a good one.
    raise ArgumentError, "RECADO_WEBHOOK_SECRET must be the whsec_… that Recado has shown." if @key.bytesize < 24
  end

  # True when one of the signatures is by our secret over these very bytes, made within the last minutes.
  def good?(id:, timestamp:, signatures:, body:)
    return false if id.to_s.empty? || !timestamp.to_s.match?(/\A[0-9]{1,12}\z/)
    return false if (Time.now.to_i - timestamp.to_i).abs > TOLERANCE

    hash = OpenSSL::HMAC.digest("SHA256", @key, "#{id}.#{timestamp}.".b + body.b)
    expected = "v1,#{[hash].pack("m0")}"
    # While a secret is being changed there are two signatures.
    signatures.to_s.split.any? { |given| OpenSSL.secure_compare(expected, given) }
  end
end
