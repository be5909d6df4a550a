using System;

namespace IoTNet
{
    // Work from other threads: a bounded ring, taken by the loop in the order in which it came.
    public sealed partial class EventLoop
    {
        private LoopCallback[] _posts = new LoopCallback[8];
        private object[] _postStates = new object[8];
        private int _firstPost;
        private int _postCount;

        /// <summary>Lets the loop's thread call something, from any thread, in the order of the posts; wakes the loop. From a
        /// callback, too: it is called in the next round. What was posted before <see cref="Stop"/> is done.</summary>
        /// <param name="callback">What to call.</param>
        /// <param name="state">Given to it.</param>
        /// <exception cref="ArgumentNullException">No callback was given.</exception>
        /// <exception cref="InvalidOperationException">As many as <see cref="EventLoopOptions.PostLimit"/> wait already.</exception>
        /// <exception cref="ObjectDisposedException">The loop has been stopped.</exception>
        public void Post(LoopCallback callback, object state)
        {
            int result = TryPost(callback, state);
            if (result == -(int)Errno.ENOBUFS)
            {
                throw new InvalidOperationException(_postLimit.ToString() + " posts wait already: EventLoopOptions.PostLimit.");
            }

            if (result < 0)
            {
                throw new ObjectDisposedException(nameof(EventLoop));
            }
        }

        /// <summary>As <see cref="Post"/>, but says it by its result.</summary>
        /// <param name="callback">What to call.</param>
        /// <param name="state">Given to it.</param>
        /// <returns>0; -ENOBUFS: as many as <see cref="EventLoopOptions.PostLimit"/> wait already; -ECANCELED: the loop has been
        /// stopped.</returns>
        /// <exception cref="ArgumentNullException">No callback was given.</exception>
        public int TryPost(LoopCallback callback, object state)
        {
            if (callback == null)
            {
                throw new ArgumentNullException(nameof(callback));
            }

            lock (_lock)
            {
                if (_stopping)
                {
                    return Canceled;
                }

                if (_postCount == _postLimit)
                {
                    return -(int)Errno.ENOBUFS;
                }

                if (_postCount == _posts.Length)
                {
                    GrowPosts();
                }

                int last = (_firstPost + _postCount) % _posts.Length;
                _posts[last] = callback;
                _postStates[last] = state;
                // The loop looks at the queue before it waits: only the first one has to wake it.
                if (_postCount++ == 0 && !IsLoopThread)
                {
                    _network.Wake();
                }
            }

            return 0;
        }

        private int RunPosts()
        {
            int count = _postCount;
            for (int i = 0; i < count; i++)
            {
                LoopCallback callback;
                object state;
                lock (_lock)
                {
                    callback = _posts[_firstPost];
                    state = _postStates[_firstPost];
                    _posts[_firstPost] = null;
                    _postStates[_firstPost] = null;
                    _firstPost = (_firstPost + 1) % _posts.Length;
                    _postCount--;
                }

                try
                {
                    callback(state);
                }
                catch (Exception error) when (Error != null)
                {
                    Error(state, error);
                }
            }

            return count;
        }

        private void GrowPosts()
        {
            int capacity = _postCount * 2 > _postLimit ? _postLimit : _postCount * 2;
            LoopCallback[] posts = new LoopCallback[capacity];
            object[] states = new object[capacity];
            for (int i = 0; i < _postCount; i++)
            {
                posts[i] = _posts[(_firstPost + i) % _postCount];
                states[i] = _postStates[(_firstPost + i) % _postCount];
            }

            _posts = posts;
            _postStates = states;
            _firstPost = 0;
        }
    }
}
