using System;

namespace IoTNet
{
    // What stands between the socket and the program.
    public sealed partial class Connection
    {
        private IConnectionFilter _filter;

        /// <summary>Puts a filter between the socket and the program; from then on all bytes pass it. In a middleware it begins
        /// to receive at once, before the program knows the connection.</summary>
        /// <param name="filter">The filter.</param>
        /// <exception cref="ArgumentNullException">No filter was given.</exception>
        /// <exception cref="InvalidOperationException">The connection has one, or is closed; or not on the loop's
        /// thread.</exception>
        public void UseFilter(IConnectionFilter filter)
        {
            _set.Loop.CheckThread();
            if (filter == null)
            {
                throw new ArgumentNullException(nameof(filter));
            }

            if (_filter != null || _closed)
            {
                throw new InvalidOperationException(_closed ? "The connection is closed." : "The connection has a filter already.");
            }

            _filter = filter;
            filter.OnBegin(new FilterPort(this));
            UpdateEvents();
        }

        private void CloseFilter()
        {
            IConnectionFilter filter = _filter;
            _filter = null;
            filter?.OnClosed();
        }
    }
}
