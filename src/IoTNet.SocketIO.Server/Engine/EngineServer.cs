// engine.io-protocol, revision 4, "Handshake".
using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>Opens sessions, and leads requests to them.</summary>
    internal sealed class EngineServer
    {
        // The protocol's numbers and words.
        public const string UnknownTransport = "{\"code\":0,\"message\":\"Transport unknown\"}";
        public const string UnknownSession = "{\"code\":1,\"message\":\"Session ID unknown\"}";
        public const string BadMethod = "{\"code\":2,\"message\":\"Bad handshake method\"}";
        public const string BadRequest = "{\"code\":3,\"message\":\"Bad request\"}";
        public const string UnknownVersion = "{\"code\":5,\"message\":\"Unsupported protocol version\"}";
        private const string TooMany = "{\"code\":4,\"message\":\"Too many clients\"}";

        private readonly EngineSettings _settings;
        private readonly EngineSessionHandler _opened;

        // Null without long-polling, where nobody asks for a session by its id.
        private readonly Hashtable _byId;
        private EngineSession[] _sessions = new EngineSession[4];
        private bool _isClosed;

        public EngineServer(EngineSettings settings, EngineSessionHandler opened)
        {
            _settings = settings;
            _opened = opened;
            _byId = settings.AllowPolling ? new Hashtable() : null;
        }

        public int Count { get; private set; }

        public static void Refuse(HttpResponse response, int status, string error)
        {
            response.Send(status, "application/json", error);
        }

        /// <summary>A request for a WebSocket.</summary>
        public void OnUpgrade(WebSocketUpgrade upgrade)
        {
            HttpRequest request = upgrade.Request;
            string sid = request.GetQuery("sid");
            EngineSession session = sid == null || sid.Length == 0 ? null : Find(sid);
            string error = request.GetQuery("transport") != "websocket" ? UnknownTransport
                : request.GetQuery("EIO") != "4" ? UnknownVersion
                : session == null && sid != null && sid.Length > 0 ? UnknownSession
                : session != null && (!_settings.AllowUpgrades || !session.IsPolling || session.IsProbing) ? BadRequest
                : null;
            if (error != null)
            {
                upgrade.Refuse(400, "application/json", error);
                return;
            }

            if (session == null && IsFull)
            {
                upgrade.Refuse(503, "application/json", TooMany);
                return;
            }

            WebSocket socket = upgrade.Accept(null);
            if (socket == null)
            {
                return;
            }

            if (session != null)
            {
                session.Probe(socket);
                return;
            }

            session = Add(request);
            session.Open(socket);
            _opened(session);
        }

        /// <summary>A request of long-polling.</summary>
        public void OnRequest(HttpRequest request, HttpResponse response)
        {
            Allow(request, response);
            response.SetHeader("Cache-Control", "no-store");
            if (request.Method == "OPTIONS")
            {
                response.Send(204);
                return;
            }

            string sid = request.GetQuery("sid");
            string transport = request.GetQuery("transport");
            if (transport != "polling" || !_settings.AllowPolling)
            {
                Refuse(response, 400, transport == "websocket" ? BadRequest : UnknownTransport);
            }
            else if (request.GetQuery("EIO") != "4")
            {
                Refuse(response, 400, UnknownVersion);
            }
            else if (sid == null || sid.Length == 0)
            {
                Handshake(request, response);
            }
            else
            {
                Lead(Find(sid), request, response);
            }
        }

        public void Remove(EngineSession session)
        {
            _byId?.Remove(session.Id);
            EngineSession last = _sessions[--Count];
            _sessions[session.Index] = last;
            last.Index = session.Index;
            _sessions[Count] = null;
        }

        /// <summary>Ends all sessions; there are no new ones.</summary>
        public void Close(string reason)
        {
            _isClosed = true;
            while (Count > 0)
            {
                _sessions[Count - 1].Close(reason);
            }
        }

        private bool IsFull => _isClosed || Count >= _settings.MaxClients;

        private void Handshake(HttpRequest request, HttpResponse response)
        {
            if (request.Method != "GET")
            {
                Refuse(response, 400, BadMethod);
            }
            else if (IsFull)
            {
                Refuse(response, 503, TooMany);
            }
            else
            {
                EngineSession session = Add(request);
                session.Open(response);
                _opened(session);
            }
        }

        private static void Lead(EngineSession session, HttpRequest request, HttpResponse response)
        {
            if (session == null)
            {
                Refuse(response, 400, UnknownSession);
            }
            else if (!session.IsPolling)
            {
                Refuse(response, 400, BadRequest);
            }
            else if (request.Method == "GET")
            {
                session.Poll(response);
            }
            else if (request.Method == "POST")
            {
                session.Post(request, response);
            }
            else
            {
                Refuse(response, 400, BadRequest);
            }
        }

        private EngineSession Find(string id)
        {
            if (_byId != null)
            {
                return (EngineSession)_byId[id];
            }

            for (int i = 0; i < Count; i++)
            {
                if (_sessions[i].Id == id)
                {
                    return _sessions[i];
                }
            }

            return null;
        }

        private EngineSession Add(HttpRequest request)
        {
            EngineSession session = new EngineSession(this, _settings, request) { Index = Count };
            if (Count == _sessions.Length)
            {
                EngineSession[] larger = new EngineSession[Count * 2];
                Array.Copy(_sessions, 0, larger, 0, Count);
                _sessions = larger;
            }

            _sessions[Count++] = session;
            if (_byId != null)
            {
                _byId[session.Id] = session;
            }

            return session;
        }

        // A page of another origin may read the answers only when they name it (the WHATWG Fetch standard, "CORS protocol").
        private void Allow(HttpRequest request, HttpResponse response)
        {
            string origin = request.GetHeader("Origin");
            for (int i = 0; origin != null && _settings.Origins != null && i < _settings.Origins.Length; i++)
            {
                if (_settings.Origins[i] == origin || _settings.Origins[i] == "*")
                {
                    response.SetHeader("Access-Control-Allow-Origin", origin);
                    response.SetHeader("Vary", "Origin");
                    if (request.Method == "OPTIONS")
                    {
                        response.SetHeader("Access-Control-Allow-Methods", "GET, POST");
                        response.SetHeader("Access-Control-Allow-Headers", "Content-Type");
                    }

                    return;
                }
            }
        }
    }
}
