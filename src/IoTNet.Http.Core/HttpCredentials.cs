// RFC 7617 (Basic) and RFC 6750 2.1 (Bearer).
using System;
using System.Text;

namespace IoTNet
{
    /// <summary>What a request brings to be allowed. Without TLS everybody on the network can read it.</summary>
    public sealed class HttpCredentials
    {
        private HttpCredentials()
        {
        }

        /// <summary>The user's name, of Basic; else null.</summary>
        public string User { get; private set; }

        /// <summary>The password, of Basic; else null.</summary>
        public string Password { get; private set; }

        /// <summary>The token, of Bearer; else null.</summary>
        public string Token { get; private set; }

        /// <summary>Reads an Authorization header.</summary>
        /// <param name="header">Its value; null when there is none.</param>
        /// <returns>What it brings; null when it is none of Basic and Bearer, or malformed.</returns>
        public static HttpCredentials Parse(string header)
        {
            int space = header == null ? -1 : header.IndexOf(' ');
            if (space < 0)
            {
                return null;
            }

            string scheme = header.Substring(0, space);
            string rest = header.Substring(space + 1).Trim();
            if (Ascii.AreSame(scheme, "Bearer"))
            {
                return rest.Length == 0 ? null : new HttpCredentials { Token = rest };
            }

            string pair = Ascii.AreSame(scheme, "Basic") ? Decode(rest) : null;
            int colon = pair == null ? -1 : pair.IndexOf(':');
            return colon < 0 ? null
                : new HttpCredentials { User = pair.Substring(0, colon), Password = pair.Substring(colon + 1) };
        }

        /// <summary>Writes the value of an Authorization header of Basic.</summary>
        /// <param name="user">The user's name, without a colon.</param>
        /// <param name="password">The password.</param>
        /// <returns>For example <c>Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==</c>.</returns>
        /// <exception cref="ArgumentException">The name has a colon.</exception>
        public static string Basic(string user, string password)
        {
            if (user.IndexOf(':') >= 0)
            {
                throw new ArgumentException("Expected a name without a colon, not \"" + user + "\".", nameof(user));
            }

            return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":" + password));
        }

        private static string Decode(string base64)
        {
            if (!Base64.IsValid(base64))
            {
                return null;
            }

            byte[] bytes = Convert.FromBase64String(base64);
            return UrlText.IsText(bytes, bytes.Length) ? Encoding.UTF8.GetString(bytes, 0, bytes.Length) : null;
        }
    }
}
