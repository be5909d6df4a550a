using System;

namespace IoTNet
{
    // From the middleware to the program.
    public sealed partial class TcpServer
    {
        private MiddlewareStep[] _steps = new MiddlewareStep[0];

        /// <summary>Adds a middleware: each client passes all of them, in the order in which they were added, before
        /// <see cref="Connection"/> tells of it. The chain is made here, not for each client.</summary>
        /// <param name="middleware">The middleware.</param>
        /// <returns>This server.</returns>
        /// <exception cref="ArgumentNullException">No middleware was given.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread; or there are 32,766 already.</exception>
        public TcpServer Use(Middleware middleware)
        {
            _loop.CheckThread();
            if (_steps.Length == IoTNet.Connection.LastStage - 1)
            {
                throw new InvalidOperationException("A server has at most " + _steps.Length.ToString() + " middleware.");
            }

            MiddlewareStep[] steps = new MiddlewareStep[_steps.Length + 1];
            Array.Copy(_steps, 0, steps, 0, _steps.Length);
            steps[_steps.Length] = new MiddlewareStep(this, middleware ?? throw new ArgumentNullException(nameof(middleware)), _steps.Length);
            _steps = steps;
            return this;
        }

        /// <summary>What a middleware decided.</summary>
        internal void Pass(Connection connection, Exception reason)
        {
            _loop.CheckThread();
            if (connection.IsClosed)
            {
                return;
            }

            connection.Stage++;
            try
            {
                if (reason == null)
                {
                    Pass(connection);
                }
                else
                {
                    connection.Stage = _steps.Length + 1;
                    Refuse(connection, reason);
                }
            }
            catch (Exception e)
            {
                if (!connection.Crash(e))
                {
                    throw;
                }
            }
        }

        // To the next middleware, or to the program.
        private void Pass(Connection connection)
        {
            int stage = connection.Stage;
            if (stage < _steps.Length)
            {
                _steps[stage].Call(connection);
            }
            else if (!connection.IsClosed)
            {
                connection.Stage = IoTNet.Connection.LastStage;
                connection.Open();
                Connection?.Invoke(connection);
            }
        }
    }
}
