using System;
using System.Reflection;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Apps
{
    /// <summary>One test: a method of a test class, with one row of its data if it has some.</summary>
    internal sealed class TestCase
    {
        private static readonly object[] s_none = new object[0];
        private static readonly Type[] s_noTypes = new Type[0];

        private readonly MethodInfo _method;
        private readonly object[] _row;

        private TestCase(MethodInfo method, object[] row)
        {
            _method = method;
            _row = row;
        }

        /// <summary>For example <c>Listen_Backlog_IsAtLeastOne(0)</c>.</summary>
        public string Name
        {
            get
            {
                string values = "";
                foreach (object value in _row)
                {
                    values += (values.Length == 0 ? "" : ", ") + (value == null ? "null" : value.ToString());
                }

                return _method.Name + (_row.Length == 0 ? "" : "(" + values + ")");
            }
        }

        /// <summary>Whether a class holds tests.</summary>
        public static bool IsTestClass(Type type)
        {
            foreach (object attribute in type.GetCustomAttributes(false))
            {
                if (attribute is TestClassAttribute)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Hands each test of a class to the visitor, in the order of the source.</summary>
        public static void Each(Type type, TestVisitor visitor)
        {
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            {
                bool isTest = false;
                int rows = 0;
                foreach (object attribute in method.GetCustomAttributes(false))
                {
                    isTest |= attribute is TestMethodAttribute;
                    rows += attribute is DataRowAttribute ? 1 : 0;
                }

                if (isTest && rows == 0)
                {
                    visitor(new TestCase(method, s_none));
                }
                else if (isTest)
                {
                    EachRow(method, visitor);
                }
            }
        }

        /// <summary>Runs it on a fresh object of its class. What it throws comes out as it is.</summary>
        public void Run()
        {
            object instance = _method.DeclaringType.GetConstructor(s_noTypes).Invoke(s_none);
#if NANOFRAMEWORK_1_0
            _method.Invoke(instance, _row);
#else
            _method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, _row, null);
#endif
        }

        private static void EachRow(MethodInfo method, TestVisitor visitor)
        {
            foreach (object attribute in method.GetCustomAttributes(false))
            {
                DataRowAttribute row = attribute as DataRowAttribute;
                if (row != null)
                {
#if NANOFRAMEWORK_1_0
                    visitor(new TestCase(method, row.MethodParameters));
#else
                    visitor(new TestCase(method, row.Data));
#endif
                }
            }
        }
    }
}
