using System;

namespace IoTNet
{
    /// <summary>A page that is always the same: a board's dashboard, straight from its bytes.</summary>
    public sealed class HttpPage
    {
        private readonly string _contentType;
        private readonly byte[] _bytes;

        /// <summary>Makes a page.</summary>
        /// <param name="contentType">For example <c>text/html; charset=utf-8</c>.</param>
        /// <param name="bytes">The page; not copied, and not to be changed.</param>
        /// <exception cref="ArgumentNullException">No type or no bytes were given.</exception>
        public HttpPage(string contentType, byte[] bytes)
        {
            _contentType = contentType ?? throw new ArgumentNullException(nameof(contentType));
            _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
        }

        /// <summary>Answers GET and HEAD with the page, and anything else with 405: an <see cref="HttpHandler"/>.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">Takes the page.</param>
        public void Answer(HttpRequest request, HttpResponse response)
        {
            if (request.Method == "GET" || request.Method == "HEAD")
            {
                response.Send(200, _contentType, _bytes, 0, _bytes.Length);
            }
            else
            {
                response.SetHeader("Allow", "GET, HEAD");
                response.Send(405);
            }
        }
    }
}
