#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.Text;

namespace IoTNet.Boards
{
    // Why .NET's SslStream failed, in words. The cause stands in the exceptions within its exceptions, as OpenSSL's number.
    internal static class HandshakeErrors
    {
        // openssl/sslerr.h: an alert of the peer is 1000 + its number (RFC 8446 6.2).
        private const int AlertBase = 1000;
        private const int ReasonMask = 0x7FFFFF;

        public static TlsFailure Of(Exception exception, ReadOnlySpan<byte> head)
        {
            // RFC 8446 5.1: a record begins with its type; a handshake begins with type 22, or an alert, 21.
            if (head.Length > 0 && head[0] != 22 && head[0] != 21)
            {
                return new TlsFailure(Errno.ECONNABORTED, "the peer does not speak TLS: it " + Spoken(head));
            }

            return OfReason(exception) ?? new TlsFailure(Errno.ECONNABORTED, "the TLS handshake failed: " + Innermost(exception).Message);
        }

        public static TlsFailure OfRecord(Exception exception)
        {
            return OfReason(exception) ?? new TlsFailure(Errno.ECONNABORTED, "a TLS record is not in order: " + Innermost(exception).Message);
        }

        private static TlsFailure OfReason(Exception exception)
        {
            int reason = Innermost(exception).HResult & ReasonMask;
            if (Innermost(exception).GetType().Name != "OpenSslCryptographicException")
            {
                return null;
            }

            int alert = reason - AlertBase;
            if (alert >= 0 && alert <= 255)
            {
                return new TlsFailure(Errno.ECONNABORTED, "the peer refused: alert " + alert.ToString() + ", " + AlertName(alert)) { Alert = alert };
            }

            string text = ReasonText(reason);
            return text == null ? null : new TlsFailure(Errno.ECONNABORTED, text);
        }

        private static Exception Innermost(Exception exception)
        {
            while (exception.InnerException != null)
            {
                exception = exception.InnerException;
            }

            return exception;
        }

        private static string Spoken(ReadOnlySpan<byte> head)
        {
            string text = Encoding.Latin1.GetString(head);
            bool isHttp = text.StartsWith("HTTP/", StringComparison.Ordinal) || text.StartsWith("GET ", StringComparison.Ordinal) ||
                text.StartsWith("POST ", StringComparison.Ordinal) || text.StartsWith("PUT ", StringComparison.Ordinal) ||
                text.StartsWith("HEAD ", StringComparison.Ordinal) || text.StartsWith("OPTIONS ", StringComparison.Ordinal);
            return isHttp ? "speaks plain HTTP" : "sent " + Convert.ToHexString(head);
        }

        // openssl/sslerr.h.
        private static string ReasonText(int reason)
        {
            switch (reason)
            {
                case 258:
                case 191:
                case 266: return "the two sides have no version of TLS in common";
                case 193: return "the two sides have no cipher suite in common";
                case 199: return "the client showed no certificate";
                case 235: return "the two sides have no application protocol in common";
                case 156: return "the peer does not speak TLS: it speaks plain HTTP";
                case 267: return "the peer does not speak TLS, or no version of it that is known here";
                case 281: return "a TLS record failed its check: it was changed on the way";
                default: return null;
            }
        }

        // RFC 8446 6, RFC 5246 7.2, RFC 7301 3.2.
        private static string AlertName(int alert)
        {
            switch (alert)
            {
                case 0: return "close notify";
                case 10: return "unexpected message";
                case 20: return "bad record MAC";
                case 22: return "record overflow";
                case 40: return "handshake failure";
                case 42: return "bad certificate";
                case 43: return "unsupported certificate";
                case 44: return "certificate revoked";
                case 45: return "certificate expired";
                case 46: return "certificate unknown";
                case 47: return "illegal parameter";
                case 48: return "unknown CA";
                case 49: return "access denied";
                case 50: return "decode error";
                case 51: return "decrypt error";
                case 70: return "protocol version (none in common)";
                case 71: return "insufficient security";
                case 80: return "internal error";
                case 90: return "user cancelled";
                case 109: return "missing extension";
                case 110: return "unsupported extension";
                case 112: return "unrecognized name";
                case 113: return "bad certificate status response";
                case 115: return "unknown PSK identity";
                case 116: return "certificate required";
                case 120: return "no application protocol in common";
                default: return "of no name";
            }
        }
    }
}
#endif
