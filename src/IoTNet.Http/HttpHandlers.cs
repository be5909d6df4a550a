namespace IoTNet
{
    /// <summary>Answers a request, at once or any time later on the loop's thread.</summary>
    /// <param name="request">What is asked for. Its body is there until the handler returns.</param>
    /// <param name="response">Takes the answer.</param>
    public delegate void HttpHandler(HttpRequest request, HttpResponse response);

    /// <summary>Takes what happens to an answer.</summary>
    /// <param name="response">The answer.</param>
    public delegate void HttpResponseHandler(HttpResponse response);

    /// <summary>Decides whether a request is allowed, by its Authorization header.</summary>
    /// <param name="request">The request.</param>
    /// <param name="credentials">What it brings; null when it has none, or none of Basic and Bearer.</param>
    /// <returns>Whether it is; if not, it is answered with 401.</returns>
    public delegate bool HttpAuthorizer(HttpRequest request, HttpCredentials credentials);
}
