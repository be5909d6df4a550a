// RFC 9112 4 and 6: the answer to a request.
using System;
using System.Text;

namespace IoTNet
{
    /// <summary>
    /// The answer to a request: sent once, within the handler or any time later on the loop's thread.
    /// <code>
    /// response.SetHeader("Cache-Control", "no-store");
    /// response.Send(200, "text/plain; charset=utf-8", "hello");
    /// </code>
    /// </summary>
    /// <remarks>Until then the connection waits, and further requests on it, too; how long is
    /// <see cref="ConnectionOptions.IdleTimeoutMs"/>'s. There is no Date header: a board has no clock until somebody sets
    /// it (RFC 9110 6.6.1).</remarks>
    public sealed class HttpResponse
    {
        // With its head in one segment, and one write.
        private const int SmallBodyBytes = 1024;

        private readonly HttpConnection _http;
        private string _headers = "";

        internal HttpResponse(HttpConnection http, HttpRequest request)
        {
            _http = http;
            Request = request;
        }

        /// <summary>The client left before the answer was sent. Comes once, and not after <see cref="Send(int)"/>.</summary>
        public event HttpResponseHandler Aborted;

        /// <summary>The answer is through, or its client has left meanwhile: the body's buffer is free again. Comes once after
        /// <see cref="Send(int)"/>, within it when all is taken at once.</summary>
        public event HttpResponseHandler Completed;

        /// <summary>What it answers; null when the request was malformed.</summary>
        public HttpRequest Request { get; }

        /// <summary>Whether it has been sent.</summary>
        public bool IsSent { get; private set; }

        /// <summary>Whether the client has left before that.</summary>
        public bool IsAborted { get; private set; }

        /// <summary>Anything of yours.</summary>
        public object Tag { get; set; }

        /// <summary>Whether the connection ends after it (Connection: close); set by what the client asked for.</summary>
        public bool IsLast { get; set; }

        /// <summary>The headers that were set, as lines.</summary>
        internal string Headers => _headers;

        /// <summary>Adds a header. Content-Type, Content-Length and Connection are there already.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">Its value.</param>
        /// <exception cref="ArgumentNullException">Name or value are missing.</exception>
        /// <exception cref="ArgumentException">The name is no token, or the value has a line end or another control
        /// character.</exception>
        public void SetHeader(string name, string value)
        {
            _headers += HttpHeader.Line(name, value);
        }

        /// <summary>Sends an answer without a body.</summary>
        /// <param name="status">The status, 200 to 599.</param>
        /// <returns>False when the client has left.</returns>
        /// <exception cref="InvalidOperationException">It has been sent; or not on the loop's thread.</exception>
        public bool Send(int status)
        {
            return Send(status, null, null, 0, 0);
        }

        /// <summary>Sends text.</summary>
        /// <param name="status">The status, 200 to 599.</param>
        /// <param name="contentType">For example <c>text/html; charset=utf-8</c>; null = none.</param>
        /// <param name="text">The text, sent as UTF-8.</param>
        /// <returns>False when the client has left.</returns>
        /// <exception cref="InvalidOperationException">It has been sent; or not on the loop's thread.</exception>
        public bool Send(int status, string contentType, string text)
        {
            byte[] body = Encoding.UTF8.GetBytes(text);
            return Send(status, contentType, body, 0, body.Length);
        }

        /// <summary>Sends bytes. A body of any length: it goes out as fast as the client takes it, straight from the buffer, which
        /// stays as it is until <see cref="Completed"/>.</summary>
        /// <param name="status">The status, 200 to 599.</param>
        /// <param name="contentType">For example <c>image/png</c>; null = none.</param>
        /// <param name="body">Holds the bytes; null = none.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>False when the client has left.</returns>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="InvalidOperationException">It has been sent; or not on the loop's thread.</exception>
        public bool Send(int status, string contentType, byte[] body, int offset, int count)
        {
            if (offset < 0 || count < 0 || (body == null ? count > 0 : count > body.Length - offset))
            {
                throw new ArgumentOutOfRangeException(nameof(count), "Offset " + offset.ToString() + " and count " + count.ToString() +
                    " do not lie within the body.");
            }

            if (IsSent)
            {
                throw new InvalidOperationException("The request has been answered.");
            }

            if (IsAborted)
            {
                return false;
            }

            IsSent = true;
            Aborted = null;
            bool hasBody = status >= 200 && status != 204 && status != 304;
            string head = "HTTP/1.1 " + status.ToString() + " " + HttpStatus.Words(status) + "\r\n" +
                (contentType == null ? "" : HttpHeader.Line("Content-Type", contentType)) +
                (hasBody ? "Content-Length: " + count.ToString() + "\r\n" : "") +
                _headers +
                (IsLast ? "Connection: close\r\n\r\n" : Request.IsHttp10 ? "Connection: keep-alive\r\n\r\n" : "\r\n");

            // RFC 9110 9.3.2: HEAD is answered as GET, without the body.
            if (!hasBody || (Request != null && Request.Method == "HEAD"))
            {
                count = 0;
            }

            byte[] first = Encoding.UTF8.GetBytes(head);
            if (count > 0 && count <= SmallBodyBytes)
            {
                byte[] joined = new byte[first.Length + count];
                Array.Copy(first, 0, joined, 0, first.Length);
                Array.Copy(body, offset, joined, first.Length, count);
                first = joined;
                count = 0;
            }

            _http.Answer(first, body, offset, count);
            return true;
        }

        /// <summary>The client has left.</summary>
        internal void Abort()
        {
            if (!IsSent && !IsAborted)
            {
                IsAborted = true;
                HttpResponseHandler aborted = Aborted;
                Aborted = null;
                aborted?.Invoke(this);
            }
            else if (IsSent)
            {
                Complete();
            }
        }

        /// <summary>All of it has been taken.</summary>
        internal void Complete()
        {
            HttpResponseHandler completed = Completed;
            Completed = null;
            completed?.Invoke(this);
        }

        /// <summary>The protocol was changed instead.</summary>
        internal void Leave()
        {
            IsSent = true;
            Aborted = null;
            Completed = null;
        }
    }
}
