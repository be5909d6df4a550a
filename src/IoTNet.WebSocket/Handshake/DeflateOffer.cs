// RFC 7692 7.1 and RFC 6455 9.1.
namespace IoTNet
{
    /// <summary>Agrees upon permessage-deflate without context takeover on either side.</summary>
    internal static class DeflateOffer
    {
        /// <summary>What is offered by a client, and answered by a server.</summary>
        public const string Text = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

        // The parameter server_no_context_takeover among those that were seen.
        private const int ServerAlone = 1;

        /// <summary>Whether one of a client's offers can be taken.</summary>
        public static bool IsAmong(string offers)
        {
            string[] each = (offers ?? "").Split(',');
            for (int i = 0; i < each.Length; i++)
            {
                if (IsRight(each[i], true, out int seen))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether a server's answer is one that fits the offer: each of its messages must stand by itself.</summary>
        public static bool IsAnswer(string answer)
        {
            return answer.IndexOf(',') < 0 && IsRight(answer, false, out int seen) && (seen & ServerAlone) != 0;
        }

        private static bool IsRight(string extension, bool isOffer, out int seen)
        {
            seen = 0;
            string[] parts = extension.Split(';');
            if (parts[0].Trim() != "permessage-deflate")
            {
                return false;
            }

            // RFC 7692 7: a parameter that is unknown, there twice, or of a wrong value is not taken.
            for (int i = 1; i < parts.Length; i++)
            {
                int bit = Bit(parts[i].Trim(), isOffer);
                if (bit == 0 || (seen & bit) != 0)
                {
                    return false;
                }

                seen |= bit;
            }

            return true;
        }

        private static int Bit(string parameter, bool isOffer)
        {
            int equals = parameter.IndexOf('=');
            string name = equals < 0 ? parameter : parameter.Substring(0, equals);
            string value = equals < 0 ? null : parameter.Substring(equals + 1).Trim('"');
            switch (name)
            {
                case "server_no_context_takeover":
                    return value == null ? ServerAlone : 0;
                case "client_no_context_takeover":
                    return value == null ? 2 : 0;
                case "server_max_window_bits":
                    // Offered, it asks this end to pack with a smaller window, which the platform's DEFLATE does not do.
                    return IsBits(value) && (!isOffer || value == "15") ? 4 : 0;
                case "client_max_window_bits":
                    // Not offered by this client, and so not to be answered.
                    return isOffer && (value == null || IsBits(value)) ? 8 : 0;
                default:
                    return 0;
            }
        }

        private static bool IsBits(string value)
        {
            return value == "8" || value == "9" || (value != null && value.Length == 2 && value[0] == '1' && value[1] >= '0' && value[1] <= '5');
        }
    }
}
