namespace IoTNet
{
    /// <summary>A path and its handlers.</summary>
    internal sealed class HttpRoute
    {
        private readonly string _path;
        private readonly bool _isPrefix;

        public HttpRoute(string path, HttpHandler onRequest, UpgradeHandler onUpgrade)
        {
            _isPrefix = path.Length > 0 && path[path.Length - 1] == '*';
            _path = _isPrefix ? path.Substring(0, path.Length - 1) : path;
            OnRequest = onRequest;
            OnUpgrade = onUpgrade;
        }

        public HttpHandler OnRequest { get; }

        public UpgradeHandler OnUpgrade { get; }

        public bool Fits(string path)
        {
            return _isPrefix ? Ascii.BeginsWith(path, _path) : path == _path;
        }
    }
}
