namespace IoTNet
{
    /// <summary>Takes the requests of HTTP connections.</summary>
    internal interface IHttpOwner
    {
        void OnRequest(HttpConnection http, HttpRequest request, HttpResponse response);

        void OnClosed(HttpConnection http);
    }
}
