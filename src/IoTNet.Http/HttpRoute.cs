using System;

namespace IoTNet
{
    /// <summary>A path and its handler.</summary>
    internal class HttpRoute
    {
        private readonly string _path;
        private readonly bool _isPrefix;

        public HttpRoute(string path, HttpHandler onRequest)
        {
            int length = (path ?? throw new ArgumentNullException(nameof(path))).Length;
            _isPrefix = length > 0 && path[length - 1] == '*';
            _path = _isPrefix ? path.Substring(0, length - 1) : path;
            OnRequest = onRequest;
        }

        public HttpHandler OnRequest { get; }

        public bool Fits(string path)
        {
            return _isPrefix ? Ascii.BeginsWith(path, _path) : path == _path;
        }
    }
}
